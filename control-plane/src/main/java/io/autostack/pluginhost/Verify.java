package io.autostack.pluginhost;

import io.autostack.plugin.json.PluginJson;
import io.autostack.pluginhost.PluginAnswer.Barred;
import io.autostack.pluginhost.PluginAnswer.Busy;
import io.autostack.pluginhost.PluginAnswer.Crashed;
import io.autostack.pluginhost.PluginAnswer.Described;
import io.autostack.pluginhost.PluginAnswer.Invalid;
import io.autostack.pluginhost.PluginAnswer.Planned;
import io.autostack.pluginhost.PluginAnswer.Refused;
import io.autostack.pluginhost.PluginAnswer.TimedOut;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What the platform would say to a plugin jar, without the platform: `Verify RUNNER.jar PLUGIN.jar`, for the
/// launcher. The jar is always a stranger's here.
public final class Verify {

    private Verify() {}

    /// The defaults of the platform.
    private record Defaults(Path runner) implements PluginHostConfig {

        @Override
        public Optional<Path> bundled() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> java() {
            return Optional.empty();
        }

        @Override
        public Duration timeLimit() {
            return Duration.ofSeconds(20);
        }

        @Override
        public int parallel() {
            return 1;
        }

        @Override
        public int waitingPerTenant() {
            return 0;
        }

        @Override
        public int waiting() {
            return 0;
        }
    }

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        var runner = new PluginRunner(new Defaults(Path.of(arguments[0])));
        System.exit(verdict(runner, Path.of(arguments[1]), System.out::println) ? 0 : 1);
    }

    /// Whether the platform would offer it, and in words why not.
    static boolean verdict(PluginRunner plugins, Path jar, Consumer<String> say) {
        var inquiry = new Inquiry(jar, Origin.THIRD_PARTY, "");
        return switch (plugins.describe(inquiry)) {
            case Described(var template) -> {
                say.accept(template.description().name() + " (" + template.jar().pluginId() + " "
                        + template.jar().pluginVersion() + "), SHA-256 "
                        + template.jar().sha256());
                say.accept(PluginJson.write(template.description()));
                yield sample(plugins.plan(inquiry, template.description().permissions(), Map.of()), say);
            }
            case Refused(var reason) -> no(reason, say);
            case Crashed(var reason) -> no(reason, say);
            case Barred(var reason) -> no(reason, say);
            case TimedOut(var limit) -> no(late(limit), say);
            case Busy _ -> throw new IllegalStateException("nobody else asks here");
        };
    }

    /// A template may well have parameters without an initial value.
    private static boolean sample(PluginAnswer.ToPlan answer, Consumer<String> say) {
        return switch (answer) {
            case Planned(var plan, var _) -> {
                say.accept(
                        "Planned with its initial values: " + plan.components().size() + " components.");
                yield true;
            }
            case Invalid(var fields) -> {
                fields.forEach(field -> say.accept("Needs an answer: " + field.name() + ". " + field.message()));
                yield true;
            }
            case Refused(var reason) -> no(reason, say);
            case Crashed(var reason) -> no(reason, say);
            case Barred(var reason) -> no(reason, say);
            case TimedOut(var limit) -> no(late(limit), say);
            case Busy _ -> throw new IllegalStateException("nobody else asks here");
        };
    }

    private static String late(Duration limit) {
        return "It did not answer within " + limit.toSeconds() + " seconds.";
    }

    private static boolean no(String reason, Consumer<String> say) {
        say.accept("Refused: " + reason);
        return false;
    }
}
