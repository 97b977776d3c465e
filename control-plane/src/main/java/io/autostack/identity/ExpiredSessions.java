package io.autostack.identity;

import io.autostack.provisioning.PeriodicTask;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/// Removes sessions that have expired.
@ApplicationScoped
class ExpiredSessions implements PeriodicTask {

    private final Sessions sessions;

    @Inject
    ExpiredSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "remove-expired-sessions";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run() {
        sessions.removeExpired();
    }
}
