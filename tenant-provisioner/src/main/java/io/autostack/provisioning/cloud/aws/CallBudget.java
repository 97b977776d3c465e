package io.autostack.provisioning.cloud.aws;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.PlatformDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Calls of an API that AWS counts by account: all replicas draw from one budget.
@ApplicationScoped
class CallBudget {

    /// Route 53 takes five requests a second of an account, for everything; the rest is left to others, and to calls
    /// that arrive a little later than they were counted.
    private static final String TAKE = """
            insert into provisioning.call_budget (api, next_at) values ('route53', clock_timestamp() + interval '300 ms')
            on conflict (api) do update set next_at = excluded.next_at
             where provisioning.call_budget.next_at <= clock_timestamp()
            """;

    private final PlatformDatabase platform;

    @Inject
    CallBudget(PlatformDatabase platform) {
        this.platform = platform;
    }

    /// Whether one call may be made now. Nobody waits here for the next one.
    boolean takeRoute53() {
        return platform.alone(connection -> Sql.update(connection, TAKE)) == 1;
    }
}
