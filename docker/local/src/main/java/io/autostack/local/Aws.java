package io.autostack.local;

import io.autostack.local.process.Program;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `aws`: what the driver for AWS is told, what it may do, and whether it could work.
@Command(
        name = "aws",
        description = "The environment on AWS: its settings, what is in the way, what the role has to be allowed.",
        synopsisSubcommandLabel = "configure|preflight|policy")
final class Aws {

    private static final String TOOL = "io.autostack.provisioning.cloud.aws.AwsTool";

    private final Path home;
    private final Consumer<String> say;

    Aws(Path home, Consumer<String> say) {
        this.home = home;
        this.say = say;
    }

    @Command(name = "configure", description = "Takes over what `terraform output -json` wrote to a file.")
    int configure(@Parameters(paramLabel = "FILE", description = "The file.") Path outputs) {
        var settings = new AwsSettings(home);
        settings.take(outputs).forEach((name, value) -> say.accept("%-40s %s".formatted(name, value)));
        say.accept("");
        say.accept("Kept in " + settings.file() + ". Look whether it works: ./autostack aws preflight");
        say.accept("Then start with AUTOSTACK_CLOUD=aws ./autostack run");
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "preflight",
            description = "Asks AWS whether tenants could live there. Changes nothing. Exit code 3 when something is in"
                    + " the way.")
    int preflight() {
        return tool("preflight");
    }

    @Command(name = "policy", description = "Prints the IAM policy that the control plane's role needs.")
    int policy() {
        return tool("policy");
    }

    /// The driver's own classes answer, without a control plane.
    private int tool(String command) {
        var repository = Repository.find();
        Map<String, String> environment = new LinkedHashMap<>(new AwsSettings(home).environment(System.getenv()));
        return Program.inTerminal(
                List.of(
                        Jvm.java(),
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        repository.controlPlaneClasses(),
                        TOOL,
                        command),
                environment,
                repository.root());
    }
}
