package io.autostack.local;

import io.autostack.local.process.StartFailed;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What `./autostack` calls: stands the platform up, takes it down, and talks to it from the command line.
public final class Launcher {

    private Launcher() {}

    public static void main(String[] words) {
        int code;
        try {
            code = commandLine(home()).execute(words);
        } catch (StartFailed e) {
            System.err.println("autostack: " + e.getMessage());
            code = CommandLine.ExitCode.SOFTWARE;
        }
        if (code != CommandLine.ExitCode.OK) System.exit(code);
    }

    static CommandLine commandLine(Path home) {
        var controlPlane = new ControlPlane(home);
        return new CommandLine(new Commands(home))
                .addSubcommand(new Tokens(controlPlane, System.out::println))
                .addSubcommand(new Keys(controlPlane, home.resolve("secrets/master.key"), System.out::println))
                .addSubcommand(new Plugins(controlPlane, System.out::println))
                .addSubcommand(new Aws(home, System.out::println))
                .setParameterExceptionHandler((mistake, words) -> explain(mistake))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (!(failure instanceof StartFailed)) throw failure;
                    command.getErr().println("autostack: " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /// What is wrong, what may have been meant, and how the command is used.
    private static int explain(ParameterException mistake) {
        var command = mistake.getCommandLine();
        var err = command.getErr();
        err.println("autostack: " + mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println();
        command.usage(err);
        return CommandLine.ExitCode.USAGE;
    }

    private static Path home() {
        return Optional.ofNullable(System.getenv("AUTOSTACK_HOME"))
                .filter(given -> !given.isBlank())
                .map(Path::of)
                .orElseGet(() -> Repository.find().root().resolve(".autostack"))
                .toAbsolutePath()
                .normalize();
    }
}
