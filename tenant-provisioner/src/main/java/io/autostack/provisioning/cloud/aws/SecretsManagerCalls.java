package io.autostack.provisioning.cloud.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageRequest;

/// The calls to Secrets Manager, below the environment's name. Each version that is put has a token of its own, so the
/// SDK may repeat the call and AWS stores it once.
@ApplicationScoped
class SecretsManagerCalls {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final AwsClients clients;
    private final AwsSettings settings;
    private final ResourceTags tags;
    private final ObjectMapper json;

    @Inject
    SecretsManagerCalls(AwsClients clients, AwsSettings settings, ResourceTags tags, ObjectMapper json) {
        this.clients = clients;
        this.settings = settings;
        this.tags = tags;
        this.json = json;
    }

    /// What it is called at AWS; two environments in one account never share a name.
    String fullName(String name) {
        return settings.environment() + "/" + name;
    }

    Optional<SecretVersions> describe(String name) {
        return AwsRefusal.call(AwsCall.DESCRIBE_SECRET, () -> {
            try {
                var found = client().describeSecret(request -> request.secretId(fullName(name)));
                return Optional.of(SecretVersions.of(
                        tags.tenant(tagsOf(found.tags())),
                        found.deletedDate() != null,
                        found.arn(),
                        found.lastChangedDate() == null ? Instant.EPOCH : found.lastChangedDate(),
                        found.versionIdsToStages()));
            } catch (ResourceNotFoundException _) {
                return Optional.empty();
            }
        });
    }

    /// @return false when somebody else was faster
    boolean create(UUID tenant, String name, Map<String, String> value) {
        return create(tags.of(tenant, "secret"), name, value);
    }

    /// The same of what all tenants share.
    boolean createShared(String name, Map<String, String> value) {
        return create(tags.shared("secret"), name, value);
    }

    private boolean create(Map<String, String> marks, String name, Map<String, String> value) {
        return AwsRefusal.call(AwsCall.CREATE_SECRET, () -> {
            try {
                client().createSecret(request -> request.name(fullName(name))
                        .description("Credentials, kept by AutoStack")
                        .kmsKeyId(settings.kmsKey().orElse(null))
                        .secretString(text(value))
                        .tags(marks.entrySet().stream()
                                .map(tag -> Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList()));
                return true;
            } catch (ResourceExistsException _) {
                return false;
            }
        });
    }

    /// @return the new version
    String put(String name, String label, Map<String, String> value) {
        return AwsRefusal.call(
                AwsCall.PUT_SECRET_VALUE,
                () -> client().putSecretValue(request -> request.secretId(fullName(name))
                                .secretString(text(value))
                                .versionStages(label))
                        .versionId());
    }

    /// Empty when it is not there, or not any more.
    Optional<Map<String, String>> read(String name, String version) {
        return AwsRefusal.call(AwsCall.GET_SECRET_VALUE, () -> {
            try {
                return Optional.of(value(
                        name,
                        client().getSecretValue(request ->
                                        request.secretId(fullName(name)).versionId(version))
                                .secretString()));
            } catch (ResourceNotFoundException | InvalidRequestException _) {
                return Optional.empty();
            }
        });
    }

    /// @param from that carries the label now; null when none does
    /// @param to that carries it afterwards; null when none does
    void move(String name, String label, @Nullable String from, @Nullable String to) {
        AwsRefusal.call(AwsCall.UPDATE_SECRET_VERSION_STAGE, () -> {
            try {
                client().updateSecretVersionStage(UpdateSecretVersionStageRequest.builder()
                        .secretId(fullName(name))
                        .versionStage(label)
                        .removeFromVersionId(from)
                        .moveToVersionId(to)
                        .build());
            } catch (InvalidParameterException e) {
                // A repeated call does not find the label where it was, because the first one has moved it.
                if (!describe(name).map(now -> now.version(label)).equals(Optional.of(Optional.ofNullable(to))))
                    throw e;
            }
            return true;
        });
    }

    void restore(String name) {
        AwsRefusal.call(
                AwsCall.RESTORE_SECRET, () -> client().restoreSecret(request -> request.secretId(fullName(name))));
    }

    /// At once and for good: the name can be used again.
    void delete(String name) {
        AwsRefusal.call(AwsCall.DELETE_SECRET, () -> {
            try {
                client().deleteSecret(
                                request -> request.secretId(fullName(name)).forceDeleteWithoutRecovery(true));
            } catch (ResourceNotFoundException _) {
                return false;
            }
            return true;
        });
    }

    /// Names of the environment's secrets, with whose they are, those scheduled for deletion included.
    Map<String, UUID> all() {
        return list(request -> request);
    }

    /// The same of one tenant.
    List<String> of(UUID tenant) {
        return list(request -> request.filters(
                        Filter.builder()
                                .key(FilterNameStringType.TAG_KEY)
                                .values(ResourceTags.TENANT)
                                .build(),
                        Filter.builder()
                                .key(FilterNameStringType.TAG_VALUE)
                                .values(tenant.toString())
                                .build()))
                .entrySet()
                .stream()
                .filter(secret -> secret.getValue().equals(tenant))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private Map<String, UUID> list(UnaryOperator<ListSecretsRequest.Builder> filter) {
        var beginning = fullName("");
        return AwsRefusal.call(AwsCall.LIST_SECRETS, () -> {
            var found = new HashMap<String, UUID>();
            client().listSecretsPaginator(request -> filter.apply(request).includePlannedDeletion(true)).stream()
                    .flatMap(page -> page.secretList().stream())
                    .filter(secret -> secret.name().startsWith(beginning))
                    .forEach(secret -> tags.tenant(tagsOf(secret.tags()))
                            .ifPresent(tenant -> found.put(secret.name().substring(beginning.length()), tenant)));
            return found;
        });
    }

    private SecretsManagerClient client() {
        return clients.secrets();
    }

    private static Map<String, String> tagsOf(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value, (one, other) -> other));
    }

    private Map<String, String> value(String name, String text) {
        try {
            return json.readValue(text, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("secret " + name + " holds no map of texts");
        }
    }

    private String text(Map<String, String> value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }
}
