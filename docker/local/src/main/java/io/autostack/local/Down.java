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
        boolean leftovers = Running.find(home, Run.CONTROL_PLANE).isPresent()
                || Running.find(home, "identity").isPresent()
                || PostgresServer.running(home.resolve("postgres")).isPresent();
        if (leftovers) {
            Run.endLeftovers(home, say);
            KeycloakServer.stopOrphan(home);
            PostgresServer.stopOrphan(home.resolve("postgres"));
        }
        say.accept(launcher.isPresent() || leftovers ? "Stopped." : "AutoStack is not running.");
    }
}
