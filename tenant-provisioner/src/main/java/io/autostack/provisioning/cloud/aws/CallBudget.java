package io.autostack.provisioning.cloud.aws;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.PlatformDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;

/// Calls of an API that AWS counts by account: all replicas draw from one budget. One call is under way at a time, and
/// the next one begins a while after it was answered, so that calls never arrive closer together however late one of
/// them is.
@ApplicationScoped
class CallBudget {

    private static final int ROUTE_53_SECONDS = 10;

    private static final int ROUTE_53_PAUSE_MILLIS = 250;

    /// Nobody comes back for what takes longer: whoever began it is gone.
    private static final String TAKE = """
            insert into provisioning.call_budget (api, next_at) values (?, clock_timestamp() + ? * interval '1 second')
            on conflict (api) do update set next_at = excluded.next_at
             where provisioning.call_budget.next_at <= clock_timestamp()
            """;

    private static final String GIVE_BACK = """
            update provisioning.call_budget set next_at = clock_timestamp() + ? * interval '1 millisecond' where api = ?
            """;

    private final PlatformDatabase platform;

    @Inject
    CallBudget(PlatformDatabase platform) {
        this.platform = platform;
    }

    /// Makes one call, if there may be one now; nobody waits here for the next one. Route 53 takes five requests a
    /// second of an account, for everything: the fifth is left to others.
    void ofRoute53(Runnable call) {
        inTurn("route53", ROUTE_53_SECONDS, ROUTE_53_PAUSE_MILLIS, () -> {
            call.run();
            return true;
        });
    }

    /// Does what nobody else may be doing at the same moment, on whichever replica; empty when somebody is.
    ///
    /// @param seconds after which somebody else may begin, whatever became of it
    <T> Optional<T> alone(String what, int seconds, Supplier<T> work) {
        return inTurn(what, seconds, 0, work);
    }

    private <T> Optional<T> inTurn(String api, int seconds, int pauseMillis, Supplier<T> work) {
        if (platform.alone(connection -> Sql.update(connection, TAKE, api, seconds)) == 0) return Optional.empty();
        try {
            return Optional.of(work.get());
        } finally {
            platform.alone(connection -> Sql.update(connection, GIVE_BACK, pauseMillis, api));
        }
    }
}
