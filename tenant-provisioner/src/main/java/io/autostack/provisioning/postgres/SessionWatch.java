package io.autostack.provisioning.postgres;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/// Ends what tenants' sessions may not do to others, and what no setting of PostgreSQL keeps them from. What
/// goes on is found again a few seconds later.
@ApplicationScoped
class SessionWatch implements PeriodicTask {

    private static final Logger LOG = Logger.getLogger(SessionWatch.class);

    /// Not ours, and nobody whom only superusers may end. The server lets nobody see how long others are at work
    /// who is not allowed to.
    private static final String OF_A_TENANT = """
            a.usesysid is not null and a.usename <> current_user
            and not exists (select from pg_roles s where s.oid = a.usesysid and s.rolsuper)
            """;

    /// The limit on time stands in the settings of each database, which only the platform can change; every role
    /// may set it otherwise for its own sessions. The platform's logins have limits of their own.
    private static final String TOO_LONG = """
            select datname, case when over > interval '10 seconds' then pg_terminate_backend(pid)
                                 else pg_cancel_backend(pid) end as told
              from (select a.pid, a.datname, clock_timestamp() - a.query_start - t.most as over
                      from pg_stat_activity a
                      join pg_db_role_setting s on s.setdatabase = a.datid and s.setrole = 0
                     cross join lateral (select substring(one from '=(.*)$')::interval as most
                                           from unnest(s.setconfig) one
                                          where starts_with(one, 'statement_timeout=')) t
                     where a.state = 'active' and not starts_with(a.usename, '%s') and %s) at_work
             where over > interval '1 second'
            """.formatted(TenantSessions.PREFIX, OF_A_TENANT);

    /// A tenant's code that ran as a login of the platform can give that login another password and sign in with
    /// it. The session outlives the login, and nobody has the rights of a role that is not there any more.
    private static final String OF_NO_ROLE = """
            select a.datname, pg_terminate_backend(a.pid) as told from pg_stat_activity a
             where a.usesysid is not null and a.usename is null and a.backend_type = 'client backend'
               and pg_has_role('pg_signal_backend', 'usage')
            """;

    /// Whoever changes its own role and leaves that transaction open keeps everybody else from changing it: sizes,
    /// passwords, and taking them away. Here the platform waits for nobody but another of its own.
    private static final String IN_THE_WAY = """
            select a.datname, pg_terminate_backend(a.pid) as told from pg_stat_activity a
             where %s and a.pid in (
                   select unnest(pg_blocking_pids(w.pid)) from pg_stat_activity w
                    where w.usename = current_user and w.datname = current_database() and w.wait_event_type = 'Lock'
                      and w.query_start < clock_timestamp() - interval '2 seconds' and w.datid <> a.datid)
            """.formatted(OF_A_TENANT);

    /// The table of locks is one for the whole server. When it is full nobody can do anything that needs one, not
    /// even sign in.
    private static final String TOO_MANY_LOCKS = """
            select datname, pg_terminate_backend(pid) as told
              from (select a.pid, a.datname, count(*) as locks, sum(count(*)) over (partition by a.datid) as of_database,
                           current_setting('max_locks_per_transaction')::int8
                               * current_setting('max_connections')::int8 as most
                      from pg_locks l join pg_stat_activity a on a.pid = l.pid
                     where %s
                     group by a.datid, a.datname, a.pid) held
             where of_database > most / 2 and locks > most / 100
            """.formatted(OF_A_TENANT);

    /// The roles with which somebody signs in to one of these databases.
    private static final String SIGN_IN_TO = """
            select quote_ident(r.rolname) from pg_database d
              join pg_roles r on r.rolname in (d.datname, d.datname || '-b')
             where d.datname = any (string_to_array(?, ','))
            """;

    /// @param why as the end of a sentence
    /// @param shutsOut whether nobody comes back to that database at once
    private record Rule(String why, boolean shutsOut, String sessions) {}

    /// @param databases in which these sessions were
    private record Ended(long sessions, List<String> databases) {}

    private static final List<Rule> RULES = List.of(
            new Rule("their database held more than half of the server's locks", true, TOO_MANY_LOCKS),
            new Rule("their statement outlasted the plan", false, TOO_LONG),
            new Rule("their role is gone", false, OF_NO_ROLE),
            new Rule("the platform waited for them", false, IN_THE_WAY));

    /// Given up when no lock is left, so that there are some to end a session with.
    private static final String RESERVE =
            "select count(pg_advisory_lock(pg_backend_pid(), n)) from generate_series(1, 200) n";

    private static final String GIVE_UP_RESERVE = "select pg_advisory_unlock_all()";
    private static final String NO_MEMORY = "53200";

    private final TenantServers servers;

    /// Nobody can sign in to a server that has no locks left, so each has a session of ours that stays.
    private final Map<TenantServer, Connection> sessions = new ConcurrentHashMap<>();

    @Inject
    SessionWatch(TenantServers servers) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "session-watch";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(5);
    }

    /// A dedicated cluster is known to the replica on its own machine alone.
    @Override
    public boolean onEachReplica() {
        return true;
    }

    @Override
    public void run() {
        var running = servers.running();
        for (var gone : sessions.keySet()) if (!running.contains(gone)) end(gone);
        for (var server : running)
            try {
                inspect(session(server), server);
            } catch (SQLException e) {
                end(server);
                LOG.warnf("nobody can watch %s:%d: %s", server.host(), server.port(), Refusal.sentence(e));
            }
    }

    private static void inspect(Connection session, TenantServer server) throws SQLException {
        unlessFull(session, RESERVE);
        for (var rule : RULES)
            try {
                var ended = apply(rule, session);
                if (ended.sessions() > 0)
                    LOG.warnf(
                            "%d sessions on %s:%d in %s were told to end because %s",
                            ended.sessions(),
                            server.host(),
                            server.port(),
                            String.join(", ", ended.databases()),
                            rule.why());
                if (rule.shutsOut() && ended.sessions() > 0) shutOut(session, ended.databases());
            } catch (SQLException e) {
                if (session.isClosed()) throw e;
                LOG.warnf(
                        "sessions on %s:%d cannot be ended because %s: %s",
                        server.host(), server.port(), rule.why(), Refusal.sentence(e));
            }
    }

    private static Ended apply(Rule rule, Connection session) throws SQLException {
        try {
            return end(rule, session);
        } catch (SQLException e) {
            if (!NO_MEMORY.equals(e.getSQLState())) throw e;
            unlessFull(session, GIVE_UP_RESERVE);
            return end(rule, session);
        }
    }

    private static Ended end(Rule rule, Connection session) throws SQLException {
        var sessions = new AtomicLong();
        var databases = Sql.of(
                        session,
                        "select datname, count(told) from (" + rule.sessions() + ") ended group by datname limit 100")
                .list(row -> {
                    sessions.addAndGet(row.getLong(2));
                    return String.valueOf(row.getString(1));
                });
        return new Ended(sessions.get(), databases);
    }

    /// Whoever comes back at once has all of it again before the next run. Upkeep finds the limit and puts it right
    /// within a minute, and that stands among the tenant's operations.
    private static void shutOut(Connection session, List<String> databases) throws SQLException {
        for (var role : Sql.of(session, SIGN_IN_TO, String.join(",", databases)).texts())
            Sql.execute(session, "alter role " + role + " connection limit 0");
    }

    /// What the server has no room for is left for the next time.
    private static void unlessFull(Connection session, String statement) throws SQLException {
        try {
            Sql.execute(session, statement);
        } catch (SQLException e) {
            if (!NO_MEMORY.equals(e.getSQLState())) throw e;
        }
    }

    private Connection session(TenantServer server) throws SQLException {
        var known = sessions.get(server);
        if (known != null && !known.isClosed()) return known;
        var begun = server.connect("postgres");
        // A tenant that holds on to its role is ended by a run, which must not wait for it.
        Sql.execute(begun, "set lock_timeout = '1s'");
        sessions.put(server, begun);
        return begun;
    }

    @PreDestroy
    void close() {
        for (var server : sessions.keySet()) end(server);
    }

    private void end(TenantServer server) {
        try (var session = sessions.remove(server)) {
            if (session != null) LOG.debugf("%s:%d is not watched any more", server.host(), server.port());
        } catch (SQLException e) {
            LOG.debug("a session had ended before", e);
        }
    }
}
