package io.autostack.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.autostack.local.process.StartFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// What the environment on AWS is, as Terraform said after it made it: kept in the installation's folder, and handed to
/// the control plane with each start. What the terminal's own environment says comes first.
final class AwsSettings {

    /// Outputs of `terraform/environments`, each the setting `autostack.aws.` with hyphens.
    private static final List<String> NEEDED = List.of(
            "vpc_id",
            "subnet_ids",
            "database_subnet_group",
            "database_security_group_ids",
            "task_security_group_ids",
            "cluster",
            "listener_arn",
            "load_balancer_dns_name",
            "hosted_zone_id",
            "domain",
            "task_execution_role_arn",
            "task_role_arn",
            "kms_key_id",
            "artefact_bucket",
            "log_group_prefix",
            "application_image");

    /// Those that have a usual value.
    private static final List<String> OPTIONAL = List.of("task_architecture");

    private static final String DOMAIN = "AUTOSTACK_AWS_DOMAIN";

    private final Path file;

    AwsSettings(Path home) {
        this.file = home.resolve("aws.json");
    }

    Path file() {
        return file;
    }

    /// Keeps what `terraform output -json` says. Nothing is written unless all of it is there.
    ///
    /// @return the settings, by the names of their variables
    Map<String, String> take(Path outputs) {
        var settings = read(outputs);
        try {
            Files.createDirectories(file.getParent());
            var half = Files.createTempFile(file.getParent(), "aws", ".half");
            Files.writeString(half, Json.write(settings));
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    private static Map<String, String> read(Path outputs) {
        if (!Files.isRegularFile(outputs)) throw new StartFailed("there is no file " + outputs);
        JsonNode said;
        try {
            said = Json.read(Files.readString(outputs));
        } catch (IllegalArgumentException | IOException e) {
            throw new StartFailed(outputs + " is not what `terraform output -json` writes: " + e.getMessage());
        }
        var settings = new LinkedHashMap<String, String>();
        var missing = new ArrayList<String>();
        for (var name : NEEDED)
            value(said.path(name).path("value"))
                    .ifPresentOrElse(value -> settings.put(variable(name), value), () -> missing.add(name));
        for (var name : OPTIONAL)
            value(said.path(name).path("value")).ifPresent(value -> settings.put(variable(name), value));
        if (!missing.isEmpty())
            throw new StartFailed(outputs + " lacks "
                    + String.join(", ", missing)
                    + ". It has to be what `terraform output -json` says in a folder of terraform/environments, after"
                    + " `terraform apply`.");
        return settings;
    }

    /// A text, or a list of texts.
    private static Optional<String> value(JsonNode value) {
        if (value.isTextual()) return Optional.of(value.textValue());
        if (!value.isArray() || value.isEmpty()) return Optional.empty();
        return StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual)
                ? Optional.of(StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::textValue)
                        .collect(Collectors.joining(",")))
                : Optional.empty();
    }

    private static String variable(String output) {
        return "AUTOSTACK_AWS_" + output.toUpperCase(Locale.ROOT);
    }

    /// What the control plane's process is given.
    ///
    /// @param given the terminal's own environment
    Map<String, String> environment(Map<String, String> given) {
        var environment = new LinkedHashMap<String, String>();
        if (Files.isRegularFile(file))
            kept().forEach((name, value) -> {
                if (!given.containsKey(name)) environment.put(name, value);
            });
        if ("aws".equals(given.get("AUTOSTACK_CLOUD"))) {
            var domain = Optional.ofNullable(given.get(DOMAIN)).or(() -> Optional.ofNullable(environment.get(DOMAIN)));
            domain.ifPresent(name -> {
                environment.put("AUTOSTACK_TENANTS_URL", "https://{slug}." + name);
                environment.put("AUTOSTACK_TENANTS_HOST_SUFFIX", "." + name);
            });
        }
        return environment;
    }

    private Map<String, String> kept() {
        try {
            var settings = new LinkedHashMap<String, String>();
            Json.read(Files.readString(file))
                    .properties()
                    .forEach(setting ->
                            settings.put(setting.getKey(), setting.getValue().asText()));
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
