package io.autostack.local;

import io.autostack.local.process.Program;
import io.autostack.local.process.StartFailed;
import io.autostack.local.process.UntilAsked;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What `./autostack` calls: stands the platform up, takes it down, and talks to it from the command line.
public final class Launcher {

    private static final String HELP = """
            usage: ./autostack COMMAND

              run [--port 8080] [--detach]       start everything; Ctrl-C ends it, --detach returns when it is ready
              stop                               end a detached run
              status                             what runs where, and the sign-ins
              logs [-f] [NAME]                   a log: control-plane (usual), reference-app, identity, launcher, postgres
              dev                                the control plane with live reload
              test [--exhaustive]                the test suite; --exhaustive also repeats faults and kills everywhere
              bench [NAME]                       the benchmarks, beside their floors
              token create --name N --role operator|finance|author|sales [--tenant SLUG] [--expires 90d]
              token ls
              token revoke ID
              keys ls|rotate|prune [--file FILE] the keys that secrets are sealed under
              plugin verify|publish FILE.jar     ask the plugin as the platform would; hand it in for publishing
              doctor                             what works on this machine, and what is simulated

            State lives under AUTOSTACK_HOME (.autostack in the repository unless set); deleting it is a fresh start.
            AUTOSTACK_DB_URL and AUTOSTACK_OIDC_ISSUER replace the embedded database and identity provider.
            AUTOSTACK_IDENTITY_PORT (8180) and AUTOSTACK_TENANT_PORT (8081) move the two other ports.
            """;

    private Launcher() {}

    public static void main(String[] words) {
        var code = run(List.of(words));
        if (code != 0) System.exit(code);
    }

    private static int run(List<String> words) {
        try {
            return answer(words);
        } catch (Arguments.Wrong e) {
            System.err.println("autostack: " + e.getMessage() + "\n\n" + HELP);
            return 2;
        } catch (StartFailed e) {
            System.err.println("autostack: " + e.getMessage());
            return 1;
        }
    }

    private static int answer(List<String> words) {
        var arguments = new Arguments(words);
        var home = home();
        return switch (arguments.next().orElse("help")) {
            case "run" -> start(arguments, home);
            case "stop" -> done(arguments, () -> new Down(home).stop(System.out::println));
            case "status" -> {
                arguments.nothingElse();
                yield new Status(home).print(System.out::println);
            }
            case "logs" -> logs(arguments, home);
            case "dev" -> dev(arguments, home);
            case "token" -> Tokens.answer(arguments, new ControlPlane(home), System.out::println);
            case "keys" -> Keys.answer(arguments, home, System.out::println);
            case "plugin" -> Plugins.answer(arguments, new ControlPlane(home), System.out::println);
            case "doctor" -> {
                arguments.nothingElse();
                yield new Doctor(home).print(System.out::println);
            }
            case "help", "-h", "--help" -> done(arguments, () -> System.out.print(HELP));
            case String other -> throw new Arguments.Wrong("there is no command " + other);
        };
    }

    private static int start(Arguments arguments, Path home) {
        boolean detach = arguments.flag("--detach");
        var settings = Settings.usual().withPortalPort(arguments.port("--port", 8080));
        arguments.nothingElse();
        var run = new Run(home, settings);
        if (detach) run.detached();
        else run.inForeground();
        return 0;
    }

    private static int logs(Arguments arguments, Path home) {
        boolean follow = arguments.flag("-f");
        var name = arguments.next().orElse(Run.CONTROL_PLANE);
        arguments.nothingElse();
        if (!List.of(Run.CONTROL_PLANE, Run.REFERENCE_APP, "identity", Run.SELF, "postgres")
                .contains(name)) throw new Arguments.Wrong("there is no log " + name);
        var log = new LogReader(
                name.equals("postgres")
                        ? home.resolve("postgres/postgres.log")
                        : home.resolve("logs/" + name + ".log"));
        log.lastLines(200).forEach(System.out::println);
        while (follow) {
            Kept.sleep(Duration.ofMillis(200));
            log.newLines().forEach(System.out::println);
        }
        return 0;
    }

    /// Quarkus owns the terminal; the platform around it goes when it goes.
    private static int dev(Arguments arguments, Path home) {
        var settings = Settings.usual().withPortalPort(arguments.port("--port", 8080));
        arguments.nothingElse();
        Run.endLeftovers(home, System.out::println);
        var words = List.of("./mvnw", "-q", "-Dquick", "compile", "quarkus:dev", "-pl", "control-plane", "-am");
        UntilAsked.run(() -> {
            try (var platform = LocalPlatform.prepare(home, settings)) {
                SignIns.lines(platform.passwords()).forEach(System.out::println);
                Program.inTerminal(
                        words, platform.environment(), Repository.find().root());
            }
        });
        return 0;
    }

    private static int done(Arguments arguments, Runnable command) {
        arguments.nothingElse();
        command.run();
        return 0;
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
