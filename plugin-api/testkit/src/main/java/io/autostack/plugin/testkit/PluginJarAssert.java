package io.autostack.plugin.testkit;

import io.autostack.plugin.jar.JarFacts;
import io.autostack.plugin.json.Answer;
import io.autostack.plugin.runner.Interview;
import io.autostack.plugin.runner.LoadedPlugin;
import java.io.IOException;
import java.nio.file.Path;

/// Checks a finished jar with the rules that the platform applies before and while it loads one.
public final class PluginJarAssert implements AutoCloseable {

    private final LoadedPlugin plugin;

    private PluginJarAssert(LoadedPlugin plugin) {
        this.plugin = plugin;
    }

    /// The jar is sound, loads, and its one template describes itself under the plugin's id.
    public static PluginJarAssert accepts(Path jar) throws IOException {
        return switch (LoadedPlugin.load(jar)) {
            case LoadedPlugin.Loading.Refused(var reason) -> throw new AssertionError(jar + " is refused: " + reason);
            case LoadedPlugin.Loading.Loaded(var plugin) -> described(new PluginJarAssert(plugin));
        };
    }

    private static PluginJarAssert described(PluginJarAssert jar) {
        if (new Interview(jar.plugin.template()).describe(jar.facts().pluginId()) instanceof Answer.Problem problem) {
            jar.close();
            throw new AssertionError("The template does not describe itself: " + problem.problem());
        }
        return jar;
    }

    public JarFacts facts() {
        return plugin.facts();
    }

    /// Asks the template inside the jar.
    public StackAssert rendering() {
        return StackAssert.rendering(plugin.template());
    }

    @Override
    public void close() {
        plugin.close();
    }
}
