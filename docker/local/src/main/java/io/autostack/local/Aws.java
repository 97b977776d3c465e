package io.autostack.local;

import io.autostack.local.process.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `aws`: what the driver for AWS is told, what it may do, and whether it could work.
@Command(
        name = "aws",
        description = "The environment on AWS: its settings, what is in the way, what the role has to be allowed.",
        synopsisSubcommandLabel = "configure|preflight|plan|policy")
final class Aws {

    private static final String TOOL = "io.autostack.provisioning.cloud.aws.AwsTool";
    private static final String PLAN = "io.autostack.operations.OnboardingCost";

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
        return tool(TOOL, "preflight");
    }

    @Command(
            name = "plan",
            description = "Says what bringing a tenant in would make, its monthly price, and the quotas it takes."
                    + " Makes nothing. Exit code 3 when something is in the way.")
    int plan(
            @Parameters(
                            paramLabel = "SLUG",
                            arity = "0..1",
                            defaultValue = "example",
                            description = "The tenant's short name. Without one, any that is free.")
                    String slug,
            @Option(names = "--production", description = "Sized for production instead of a proof of concept.")
                    boolean production) {
        return tool(PLAN, slug, production ? "production" : "poc");
    }

    @Command(name = "policy", description = "Prints the IAM policy that the control plane's role needs.")
    int policy() {
        return tool(TOOL, "policy");
    }

    /// The driver's own classes answer, without a control plane.
    private int tool(String main, String... words) {
        var repository = Repository.find();
        Map<String, String> environment = new LinkedHashMap<>(new AwsSettings(home).environment(System.getenv()));
        var command = new ArrayList<>(List.of(
                Jvm.java(),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                repository.controlPlaneClasses(),
                main));
        command.addAll(List.of(words));
        return Program.inTerminal(command, environment, repository.root());
    }
}
