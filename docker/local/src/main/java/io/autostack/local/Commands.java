package io.autostack.local;

import io.autostack.local.process.Program;
import io.autostack.local.process.StartFailed;
import io.autostack.local.process.UntilAsked;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/// The commands about the platform as a whole; those that talk to a running one are classes of their own.
@Command(
        name = "./autostack",
        description = "AutoStack on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Commands.Version.class,
        sortOptions = false,
        subcommands = HelpCommand.class)
final class Commands implements Callable<Integer> {

    private final Path home;

    Commands(Path home) {
        this.home = home;
    }

    /// Without a command it says which there are.
    @Override
    public Integer call() {
        Launcher.commandLine(home).usage(System.out);
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "run",
            description = "Start everything. Ctrl-C ends it; --detach returns when it is ready.",
            footer = {
                "",
                "State lives under AUTOSTACK_HOME (.autostack in the repository unless set); deleting it is a fresh"
                        + " start.",
                "AUTOSTACK_DB_URL and AUTOSTACK_OIDC_ISSUER replace the embedded database and identity provider.",
                "AUTOSTACK_IDENTITY_PORT (8180) and AUTOSTACK_TENANT_PORT (8081) move the two other ports."
            })
    int run(
            @Option(
                            names = "--port",
                            paramLabel = "PORT",
                            defaultValue = "8080",
                            converter = Port.class,
                            description = "Of the portal and the API (usually 8080).")
                    int port,
            @Option(names = "--detach", description = "Go on in the background.") boolean detach) {
        var run = new Run(home, Settings.usual().withPortalPort(port));
        if (detach) run.detached();
        else run.inForeground();
        return CommandLine.ExitCode.OK;
    }

    @Command(name = "stop", description = "End a detached run.")
    int stop() {
        new Down(home).stop(System.out::println);
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "status",
            description = "What runs where, and the sign-ins. Exit code 3 when AutoStack does not run.")
    int status() {
        return new Status(home).print(System.out::println);
    }

    @Command(name = "logs", description = "The end of a log.")
    int logs(
            @Option(names = "-f", description = "Go on while it grows.") boolean follow,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "NAME",
                            defaultValue = Run.CONTROL_PLANE,
                            converter = LogName.class,
                            description = "control-plane (usual), reference-app, identity, launcher or postgres.")
                    String name) {
        var log = new LogReader(
                name.equals("postgres")
                        ? home.resolve("postgres/postgres.log")
                        : home.resolve("logs/" + name + ".log"));
        log.lastLines(200).forEach(System.out::println);
        while (follow) {
            Pauses.sleep(Duration.ofMillis(200));
            log.newLines().forEach(System.out::println);
        }
        return CommandLine.ExitCode.OK;
    }

    /// Quarkus owns the terminal; the platform around it goes when it goes.
    @Command(name = "dev", description = "The control plane with live reload.")
    int dev(
            @Option(
                            names = "--port",
                            paramLabel = "PORT",
                            defaultValue = "8080",
                            converter = Port.class,
                            description = "Of the portal and the API (usually 8080).")
                    int port) {
        var settings = Settings.usual().withPortalPort(port);
        Run.endLeftovers(home, System.out::println);
        var words = List.of("./mvnw", "-q", "-Dquick", "compile", "quarkus:dev", "-pl", "control-plane", "-am");
        UntilAsked.run(() -> {
            try (var platform = LocalPlatform.prepare(home, settings)) {
                SignIns.lines(platform.passwords()).forEach(System.out::println);
                Program.inTerminal(
                        words, platform.environment(), Repository.find().root());
            }
        });
        return CommandLine.ExitCode.OK;
    }

    @Command(name = "test", description = "The test suite; --exhaustive also repeats faults and kills everywhere.")
    int test(@Option(names = "--exhaustive", description = "Takes an hour and more.") boolean exhaustive) {
        throw ofTheScript("test");
    }

    @Command(name = "bench", description = "The benchmarks, or the one that is named, beside their floors.")
    int bench(@Parameters(arity = "0..1", paramLabel = "NAME", defaultValue = "all") String name) {
        throw ofTheScript("bench");
    }

    @Command(name = "doctor", description = "What works on this machine, and what is simulated.")
    int doctor() {
        return new Doctor(home).print(System.out::println);
    }

    private static StartFailed ofTheScript(String command) {
        return new StartFailed(command + " is what the script ./autostack does itself, without this launcher");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var packaged = Optional.ofNullable(Version.class.getPackage().getImplementationVersion());
            return new String[] {"AutoStack " + packaged.orElse("(not packaged)")};
        }
    }

    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String given) {
            if (given.matches("\\d{1,5}")) {
                int port = Integer.parseInt(given);
                if (port >= 1 && port <= 65_535) return port;
            }
            throw new TypeConversionException("it must be a port between 1 and 65535, not " + given);
        }
    }

    static final class LogName implements ITypeConverter<String> {

        private static final List<String> ALL =
                List.of(Run.CONTROL_PLANE, Run.REFERENCE_APP, "identity", Run.SELF, "postgres");

        @Override
        public String convert(String given) {
            if (ALL.contains(given)) return given;
            throw new TypeConversionException("there is no log " + given + "; there are " + String.join(", ", ALL));
        }
    }
}
