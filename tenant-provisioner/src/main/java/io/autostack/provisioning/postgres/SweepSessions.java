package io.autostack.provisioning.postgres;

import io.autostack.provisioning.PeriodicTask;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Takes away logins of sessions that a crash left behind in the server's list of roles.
@ApplicationScoped
class SweepSessions implements PeriodicTask {

    private static final Logger LOG = Logger.getLogger(SweepSessions.class);

    private final TenantServers servers;
    private final TenantSessions sessions;

    @Inject
    SweepSessions(TenantServers servers, TenantSessions sessions) {
        this.servers = servers;
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "sweep-sessions";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run() {
        for (var server : servers.running())
            try {
                TenantSessions.leaveRoles(server);
                sessions.sweep(server);
            } catch (SQLException e) {
                LOG.warnf("logins left behind on %s:%d stay: %s", server.host(), server.port(), Refusal.words(e));
            }
    }
}
