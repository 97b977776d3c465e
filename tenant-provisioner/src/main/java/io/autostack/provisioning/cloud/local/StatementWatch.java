package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.Periodic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Ends statements that run longer than the plan allows. The limit is a setting of the database, which every
/// role may set otherwise for its own sessions; this is what holds nevertheless. A session that goes on is
/// ended.
@ApplicationScoped
class StatementWatch implements Periodic {

    private static final Logger LOG = Logger.getLogger(StatementWatch.class);

    /// The limit of each database stands in its settings, which only the platform can change. Our own sessions
    /// have limits of their own. The server lets nobody see how long others are at work who is not allowed to.
    private static final String END = """
            select count(case when a.over > interval '10 seconds' then pg_terminate_backend(a.pid)
                              else pg_cancel_backend(a.pid) end)
              from (select a.pid, clock_timestamp() - a.query_start - t.most as over
                      from pg_stat_activity a
                      join pg_db_role_setting s on s.setdatabase = a.datid and s.setrole = 0
                     cross join lateral (select substring(one from '=(.*)$')::interval as most
                                           from unnest(s.setconfig) one
                                          where starts_with(one, 'statement_timeout=')) t
                     where a.state = 'active' and a.usesysid is not null and a.usename <> current_user
                       and not starts_with(a.usename, '%s')) a
             where a.over > interval '1 second'
            """.formatted(TenantSessions.PREFIX);

    /// Somebody who came in through a login of the platform's at the moment in which it was dropped: neither
    /// that login's limits nor anybody's rights hold for such a session.
    private static final String END_STRAYS = """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
             where backend_type = 'client backend' and usesysid is not null and usename is null
            """;

    private final TenantServers servers;

    @Inject
    StatementWatch(TenantServers servers) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "statement-watch";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void look() {
        for (var server : servers.running())
            try (var admin = server.connect();
                    var statement = admin.createStatement()) {
                statement.execute(END);
                statement.execute(END_STRAYS);
            } catch (SQLException refused) {
                LOG.warnf(
                        "statements on %s:%d cannot be watched: %s",
                        server.host(), server.port(), Refusal.sentence(refused));
            }
    }
}
