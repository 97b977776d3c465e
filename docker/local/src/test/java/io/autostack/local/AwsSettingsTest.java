package io.autostack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.local.process.StartFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsSettingsTest {

    private static final Path OUTPUTS = Path.of("../../terraform/environments/common/outputs.tf");
    private static final Pattern OUTPUT = Pattern.compile("(?m)^output \"([a-z_0-9]+)\"");

    /// Also said, for people and programs that push images.
    private static final String LISTS = "subnet_ids|database_security_group_ids|task_security_group_ids";

    @TempDir
    private Path home;

    /// As Terraform writes the outputs that an environment has.
    private static Map<String, String> said() throws IOException {
        return new TreeMap<>(OUTPUT.matcher(Files.readString(OUTPUTS))
                .results()
                .map(output -> output.group(1))
                .collect(Collectors.toMap(
                        name -> name,
                        name -> name.matches(LISTS)
                                ? "{\"sensitive\": false, \"type\": [\"list\", \"string\"], \"value\": [\"a\", \"b\"]}"
                                : "{\"sensitive\": false, \"type\": \"string\", \"value\": \"the " + name + "\"}")));
    }

    private Path file(Map<String, String> outputs) throws IOException {
        var text = outputs.entrySet().stream()
                .map(output -> "\"" + output.getKey() + "\": " + output.getValue())
                .collect(Collectors.joining(",\n", "{", "}"));
        return Files.writeString(home.resolve("outputs.json"), text);
    }

    @Test
    void what_an_environment_says_is_handed_to_the_control_plane_under_the_names_of_its_settings() throws IOException {
        var settings = new AwsSettings(home);
        settings.take(file(said()));

        assertThat(settings.environment(Map.of()))
                .hasSize(17)
                .containsEntry("AUTOSTACK_AWS_HOSTED_ZONE_ID", "the hosted_zone_id")
                .containsEntry("AUTOSTACK_AWS_SUBNET_IDS", "a,b")
                .doesNotContainKey("AUTOSTACK_TENANTS_HOST_SUFFIX");
    }

    @Test
    void the_terminal_s_own_environment_comes_first_and_on_aws_tenants_are_below_the_domain() throws IOException {
        var settings = new AwsSettings(home);
        settings.take(file(said()));

        assertThat(settings.environment(Map.of("AUTOSTACK_CLOUD", "aws", "AUTOSTACK_AWS_DOMAIN", "example.com")))
                .doesNotContainKey("AUTOSTACK_AWS_DOMAIN")
                .containsEntry("AUTOSTACK_TENANTS_URL", "https://{slug}.example.com")
                .containsEntry("AUTOSTACK_TENANTS_HOST_SUFFIX", ".example.com");
        assertThat(new AwsSettings(home.resolve("another")).environment(Map.of("AUTOSTACK_CLOUD", "aws")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"value\": null}", "{\"value\": []}", "{\"value\": [1]}", "{\"value\": {}}", "3"})
    void an_output_that_is_missing_or_no_text_is_named_and_nothing_is_kept(String value) throws IOException {
        var outputs = said();
        outputs.put("cluster", value);
        outputs.remove("domain");
        var settings = new AwsSettings(home);
        var file = file(outputs);

        assertThatThrownBy(() -> settings.take(file))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("lacks cluster, domain")
                .hasMessageContaining("terraform output -json");
        assertThat(settings.file()).doesNotExist();
    }

    @Test
    void what_is_no_json_and_what_is_not_there_is_said() throws IOException {
        var settings = new AwsSettings(home);
        var text = Files.writeString(home.resolve("text"), "vpc_id = \"vpc-1\"");

        assertThatThrownBy(() -> settings.take(text))
                .hasMessageContaining("is not what `terraform output -json` writes");
        assertThatThrownBy(() -> settings.take(home.resolve("nothing"))).hasMessageContaining("there is no file");
    }
}
