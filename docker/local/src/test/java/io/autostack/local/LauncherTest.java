package io.autostack.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {

    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        flee                                      | Unmatched argument at index 0: 'flee'
        run --detached                            | Unknown option: '--detached'
        run --port                                | Missing required parameter for option '--port'
        run --port 65536                          | a port between 1 and 65535, not 65536
        run --port=0                              | a port between 1 and 65535, not 0
        run now                                   | Unmatched argument at index 1: 'now'
        status --everything                       | Unknown option: '--everything'
        logs kernel                               | there is no log kernel; there are control-plane
        token                                     | Missing required subcommand
        token make                                | Unmatched argument at index 1: 'make'
        token create --name ci                    | Missing required option: '--role=ROLE'
        token create --role sales --name          | Missing required parameter for option '--name'
        token revoke                              | Missing required parameter: 'ID'
        token revoke ../tenants                   | this is no token id: ../tenants
        keys                                      | Missing required subcommand
        keys rotate --file                        | Missing required parameter for option '--file'
        plugin verify                             | Missing required parameter: 'FILE.jar'
        doctor please                             | Unmatched argument at index 1: 'please'
        """)
    void a_mistake_is_said_with_how_the_command_is_used(String line, String mistake) {
        assertThat(execute(line)).isEqualTo(2);
        assertThat(err.toString()).startsWith("autostack: ").contains(mistake, "Usage: ./autostack");
    }

    @Test
    void a_command_that_is_nearly_right_is_suggested() {
        execute("stats");

        assertThat(err.toString()).contains("Did you mean", "status");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "-h", "--help"})
    void help_names_every_command(String line) {
        assertThat(execute(line)).isZero();
        assertThat(out.toString())
                .contains("run", "stop", "status", "logs", "dev", "test", "bench", "token", "keys", "plugin", "doctor");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        help run            | --detach
        run --help          | AUTOSTACK_IDENTITY_PORT
        token create -h     | --expires
        keys rotate --help  | --file
        logs -h             | reference-app
        """)
    void help_about_one_command_names_its_options(String line, String option) {
        assertThat(execute(line)).isZero();
        assertThat(out.toString()).contains(option);
    }

    @Test
    void it_says_its_version() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).startsWith("AutoStack ");
    }

    @Test
    void what_cannot_be_done_is_said_in_one_sentence_and_is_no_mistake_of_the_command_line() {
        assertThat(execute("plugin verify nowhere.jar")).isEqualTo(1);
        assertThat(err.toString()).matches("autostack: there is no file \\S+nowhere.jar\\n");
    }

    @Test
    void status_of_what_does_not_run_is_exit_code_three() {
        assertThat(execute("status")).isEqualTo(3);
    }

    private int execute(String line) {
        return Launcher.commandLine(home)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.split(" "));
    }
}
