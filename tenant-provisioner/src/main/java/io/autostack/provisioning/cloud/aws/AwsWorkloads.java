package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.cloud.ContainerOutput;
import io.autostack.provisioning.cloud.ContainerRuntime;
import io.autostack.provisioning.cloud.ContainerSpec;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.SecretStage;
import io.autostack.provisioning.cloud.Workloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// Containers of stacks: each a service on ECS, with a name below the domain when it listens. Whatever is secret gets
/// there by reference, and its tasks may do nothing at AWS.
@ApplicationScoped
class AwsWorkloads implements Workloads {

    private static final String NO_BUCKETS = "This version of AutoStack makes no buckets on AWS.";
    private static final Duration SOON = Duration.ofSeconds(3);

    private final AwsSettings settings;
    private final ResourceTags tags;
    private final AwsSecrets secrets;
    private final SecretsManagerCalls manager;
    private final AwsServers servers;
    private final ServiceRegister register;
    private final ServiceDeployments deployments;
    private final DnsChanges names;
    private final LogGroups logs;

    @Inject
    AwsWorkloads(
            AwsSettings settings,
            ResourceTags tags,
            AwsSecrets secrets,
            SecretsManagerCalls manager,
            AwsServers servers,
            ServiceRegister register,
            ServiceDeployments deployments,
            DnsChanges names,
            LogGroups logs) {
        this.settings = settings;
        this.tags = tags;
        this.secrets = secrets;
        this.manager = manager;
        this.servers = servers;
        this.register = register;
        this.deployments = deployments;
        this.names = names;
        this.logs = logs;
    }

    @Override
    public Outcome ensureContainer(ContainerSpec desired) {
        var missing = settings.missingForContainers();
        if (!missing.isEmpty()) return new Outcome.Failed(missing(missing) + " Set them, then retry.");
        var size = FargateSize.atLeast(desired.vcpu(), desired.memoryMb());
        if (size.isEmpty())
            return new Outcome.Failed("Fargate gives no task " + desired.vcpu().toPlainString() + " vCPU and "
                    + desired.memoryMb() + " MiB. Choose a smaller size.");
        var spec = spec(desired, size.get());
        var runs = deployments.ensure(spec);
        if (!(runs instanceof Outcome.Done done) || spec.host().isEmpty()) return runs;
        var host = spec.host().get();
        var named = names.ensure(desired.tenant(), host);
        if (!(named instanceof Outcome.Done)) return named;
        var address = "https://" + host;
        var evidence = new TreeMap<>(done.evidence());
        evidence.put("address", address);
        return new Outcome.Done(evidence, Map.of("address." + desired.name(), address), false);
    }

    private ServiceSpec spec(ContainerSpec desired, FargateSize size) {
        var references = new HashMap<String, String>();
        var versions = new TreeSet<String>();
        desired.secrets().forEach((variable, from) -> {
            var secret = current(desired.tenant(), from.secret());
            references.put(variable, reference(secret, from.member()));
            secret.version(SecretVersions.CURRENT).ifPresent(versions::add);
        });
        if (!desired.databases().isEmpty()) {
            var addresses = addresses(desired);
            desired.databases().keySet().forEach(variable -> references.put(variable, reference(addresses, variable)));
            addresses.version(SecretVersions.CURRENT).ifPresent(versions::add);
        }
        var environment = new HashMap<String, String>();
        if (desired.port() > 0) environment.put("PORT", Integer.toString(desired.port()));
        environment.put("HOSTNAME", "0.0.0.0");
        environment.putAll(desired.environment());
        return new ServiceSpec(
                Optional.of(desired.tenant()),
                desired.name(),
                desired.image(),
                desired.command(),
                size,
                desired.replicas(),
                desired.port(),
                Optional.ofNullable(desired.healthPath()),
                environment,
                references,
                versions.stream().collect(Collectors.joining(",")),
                desired.port() > 0 ? Optional.of(host(desired.name())) : Optional.empty(),
                logGroup(desired.name()),
                tags.of(desired.tenant(), "container"),
                Optional.empty(),
                desired.databases().isEmpty());
    }

    /// A name of one label, as the certificate for all names right below the domain covers it: slugs have no two
    /// hyphens
    /// in a row, so it is no tenant's.
    private String host(String container) {
        return HostLabels.of(container) + "." + settings.domain();
    }

    private String logGroup(String container) {
        return settings.logGroup("stacks/" + container);
    }

    private SecretVersions current(UUID tenant, String name) {
        return manager.describe(name)
                .filter(secret -> secret.isOf(tenant) && !secret.deleted())
                .orElseThrow(() -> new OutcomeException(new Outcome.Failed(
                        "There is no secret " + name + " for this tenant. Release this operation.")));
    }

    private static String reference(SecretVersions secret, String member) {
        return secret.arn() + ":" + member + "::";
    }

    /// ECS cannot put an address together, so it is kept whole, as a secret of the container's own.
    private SecretVersions addresses(ContainerSpec desired) {
        var wanted = new HashMap<String, String>();
        desired.databases().forEach((variable, database) -> wanted.put(variable, address(database)));
        var name = secret(desired.name());
        OutcomeException.done(secrets.ensureSecret(desired.tenant(), name, wanted));
        var now = secrets.find(desired.tenant(), name, SecretStage.CURRENT);
        if (!now.map(Secret::value).equals(Optional.of(wanted))) manager.put(name, SecretVersions.CURRENT, wanted);
        return current(desired.tenant(), name);
    }

    private String address(DatabaseSpec database) {
        var server = servers.findAddress(database);
        var credentials = secrets.find(database.tenant(), database.secret(), SecretStage.CURRENT);
        if (server.isEmpty() || credentials.isEmpty())
            throw new OutcomeException(
                    new Outcome.NotYet("the address and credentials of the database " + database.name(), SOON));
        var value = credentials.get().value();
        return "postgresql://" + encoded(value.getOrDefault("username", "")) + ":"
                + encoded(value.getOrDefault("password", "")) + "@"
                + server.get().host() + ":"
                + server.get().port() + "/" + database.name() + settings.containersEncryption();
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String secret(String container) {
        return "containers/" + container;
    }

    @Override
    public Outcome ensureBucket(UUID tenant, String name) {
        return new Outcome.Failed(NO_BUCKETS + " Release this operation: it takes back what it made.");
    }

    @Override
    public ContainerOutput containerOutput(UUID tenant, String name, int lines) {
        return register.find(tenant, name)
                .map(entry -> logs.tail(entry.logGroup(), lines))
                .orElseGet(ContainerOutput.None::new);
    }

    /// Each was made as one is made today, or is when its stack is deployed again.
    @Override
    public Outcome renewContainers(UUID tenant) {
        return Outcome.done(Map.of(
                "containers",
                register.of(tenant).stream()
                        .map(ServiceRegister.Entry::name)
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining(", "), all -> all.isEmpty() ? "none" : all + " stay as they are"))));
    }

    @Override
    public Outcome removeContainer(UUID tenant, String name) {
        if (!settings.missingForContainers().isEmpty())
            return Outcome.done(Map.of("container", name, "removed", "was not there"));
        var host = register.find(tenant, name).map(ServiceRegister.Entry::host).orElse(Optional.of(host(name)));
        if (host.isPresent()) {
            var unnamed = names.remove(tenant, host.get());
            if (!(unnamed instanceof Outcome.Done)) return unnamed;
        }
        var removed = deployments.remove(tenant, name, host, logGroup(name));
        if (removed instanceof Outcome.Done) secrets.removeSecret(tenant, secret(name));
        return removed;
    }

    @Override
    public Outcome removeBucket(UUID tenant, String name) {
        return Outcome.done(Map.of("bucket", "was not there"));
    }

    @Override
    public ContainerRuntime containerRuntime() {
        var missing = settings.missingForContainers();
        return missing.isEmpty()
                ? new ContainerRuntime(
                        true, true, "Containers run on ECS Fargate in the cluster " + settings.environment() + ".")
                : new ContainerRuntime(true, false, missing(missing));
    }

    private static String missing(Iterable<String> settings) {
        return "Containers cannot run on AWS yet, because these settings are missing: " + String.join(", ", settings)
                + ".";
    }
}
