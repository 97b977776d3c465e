package io.autostack.provisioning.cloud.aws;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.PlatformDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Calls of an API that AWS counts by account: all replicas draw from one budget. One call is under way at a time, and
/// the next one begins a while after it was answered, so that calls never arrive closer together however late one of
/// them is.
@ApplicationScoped
class CallBudget {

    /// Nobody comes back for one that takes longer: whoever made it is gone.
    private static final String TAKE = """
            insert into provisioning.call_budget (api, next_at) values ('route53', clock_timestamp() + interval '10 s')
            on conflict (api) do update set next_at = excluded.next_at
             where provisioning.call_budget.next_at <= clock_timestamp()
            """;

    /// Route 53 takes five requests a second of an account, for everything; the fifth is left to others.
    private static final String GIVE_BACK = """
            update provisioning.call_budget set next_at = clock_timestamp() + interval '250 ms' where api = 'route53'
            """;

    private final PlatformDatabase platform;

    @Inject
    CallBudget(PlatformDatabase platform) {
        this.platform = platform;
    }

    /// Makes one call, if there may be one now. Nobody waits here for the next one.
    void ofRoute53(Runnable call) {
        if (platform.alone(connection -> Sql.update(connection, TAKE)) == 0) return;
        try {
            call.run();
        } finally {
            platform.alone(connection -> Sql.update(connection, GIVE_BACK));
        }
    }
}
