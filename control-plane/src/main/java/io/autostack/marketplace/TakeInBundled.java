package io.autostack.marketplace;

import io.autostack.plugin.StackPlan;
import io.autostack.plugin.jar.JarFacts;
import io.autostack.pluginhost.Artefacts;
import io.autostack.pluginhost.Inquiry;
import io.autostack.pluginhost.PluginAnswer;
import io.autostack.pluginhost.PluginRunner;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Publishes the templates that come with the product. A jar that was taken in before is not asked again.
@ApplicationScoped
class TakeInBundled {

    private static final Logger LOG = Logger.getLogger(TakeInBundled.class);

    private final PluginRunner plugins;
    private final Artefacts artefacts;
    private final Releases releases;

    @Inject
    TakeInBundled(PluginRunner plugins, Artefacts artefacts, Releases releases) {
        this.plugins = plugins;
        this.artefacts = artefacts;
        this.releases = releases;
    }

    void takeIn(@Observes StartupEvent started) throws IOException {
        for (var jar : plugins.bundled()) {
            try {
                takeIn(jar);
            } catch (IOException e) {
                LOG.errorf("the bundled template %s is left out: %s", jar.getFileName(), e.getMessage());
            }
        }
    }

    /// A bundled jar that cannot be read is a mistake in the distribution; the platform starts without it and
    /// says so.
    private void takeIn(Path jar) throws IOException {
        if (!(JarFacts.read(jar) instanceof JarFacts.Reading.Sound(var facts))) {
            LOG.errorf("the bundled template %s is not a sound plugin jar and is left out", jar.getFileName());
            return;
        }
        if (releases.knows(facts.pluginId(), facts.pluginVersion(), facts.sha256())
                && artefacts.find(facts.sha256()).isPresent()) return;
        switch (plugins.describe(Inquiry.bundled(jar))) {
            case PluginAnswer.Described(var template) -> {
                try (var content = Files.newInputStream(jar)) {
                    artefacts.keep(content, JarFacts.MAX_JAR);
                }
                var answer = plugins.plan(
                        Inquiry.bundled(jar), template.description().permissions(), Map.of());
                var sample = answer instanceof PluginAnswer.Planned planned
                        ? Optional.of(planned.plan())
                        : Optional.<StackPlan>empty();
                if (releases.publish(template, sample, Release.BUNDLED))
                    LOG.infof("the template %s %s is on offer", facts.pluginId(), facts.pluginVersion());
                else if (!releases.knows(facts.pluginId(), facts.pluginVersion(), facts.sha256()))
                    LOG.warnf(
                            "the bundled template %s differs from the published %s; a published version never changes",
                            jar.getFileName(), facts.pluginVersion());
            }
            case PluginAnswer.Refused(var reason) -> LOG.errorf("%s is left out: %s", jar.getFileName(), reason);
            case PluginAnswer.Crashed(var reason) -> LOG.errorf("%s is left out: %s", jar.getFileName(), reason);
            case PluginAnswer.TimedOut(var limit) ->
                LOG.errorf("%s is left out: it did not answer within %s", jar.getFileName(), limit);
            case PluginAnswer.Barred(var reason) -> LOG.errorf("%s is left out: %s", jar.getFileName(), reason);
            case PluginAnswer.Busy _ -> LOG.errorf("%s is left out: too many are asked", jar.getFileName());
        }
    }
}
