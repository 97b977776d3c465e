package io.autostack.pluginhost;

import io.autostack.pluginhost.PluginAnswer.Described;
import io.autostack.pluginhost.PluginAnswer.ToDescribe;
import java.io.IOException;
import java.nio.file.Path;

/// Asks plugins that are made on the spot, as the platform asks those of strangers.
record Asking(PluginRunner runner, Path folder) {

    /// @param body of `describe`
    ToDescribe describe(String body) throws IOException {
        return runner.describe(stranger(PluginJars.tiny(folder, body, "return SOUND;")));
    }

    /// What the plugin answered with `plain(…)`, or else what became of it.
    String summary(String body) throws IOException {
        var answer = describe(body);
        return answer instanceof Described(var template)
                ? template.description().summary()
                : answer.toString();
    }

    static Inquiry stranger(Path jar) {
        return new Inquiry(jar, Origin.THIRD_PARTY, "somebody");
    }
}
