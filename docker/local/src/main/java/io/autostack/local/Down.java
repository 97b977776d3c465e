package io.autostack.local;

import io.autostack.local.keycloak.KeycloakServer;
import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.process.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/// `stop`: asks the launcher to end everything, or ends what a killed launcher left behind.
///
/// @param home the installation
record Down(Path home) {

    void stop(Consumer<String> say) {
        var launcher = Running.find(home, Run.SELF);
        launcher.ifPresent(running -> {
            say.accept("Stopping AutoStack (pid " + running.pid() + ") ...");
            running.stop(Duration.ofMinutes(2));
        });
        var clusters = new Clusters(home);
        boolean leftovers = Running.find(home, Run.CONTROL_PLANE).isPresent()
                || Running.find(home, "identity").isPresent()
                || clusters.anyRuns()
                || PostgresServer.running(Databases.programs(home)).isPresent();
        if (leftovers) {
            Run.endLeftovers(home, say);
            KeycloakServer.stopOrphan(home);
            clusters.stop();
            PostgresServer.stopOrphan(Databases.programs(home));
        }
        new AotCache(Repository.find().controlPlane()).clearAway();
        say.accept(launcher.isPresent() || leftovers ? "Stopped." : "AutoStack is not running.");
    }
}
