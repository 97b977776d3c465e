package io.autostack.kill;

import io.autostack.testing.Superuser;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What there really is, read from the server's own catalogues past the control plane and past the wire.
final class Truth {

    private static final String DATABASE_TAKES_NOBODY = "55000";

    private final Application application;
    private final Superuser superuser;

    Truth(Application application) {
        this.application = application;
        this.superuser = application.superuser();
    }

    Optional<Engine> engine() {
        return application.engine();
    }

    /// Done or failed, and so is what it enqueued; no worker will look at any of it again.
    boolean ended(String operation) {
        return tell("""
                select bool_and(o.state in ('done', 'failed') and not exists (
                       select from provisioning.scheduled_task where task_instance like o.id || '/%'
                       union all
                       select from provisioning.scheduled_task_long where task_instance like o.id || '/%'))
                  from provisioning.operation asked join provisioning.operation o on o.tenant_id = asked.tenant_id
                 where asked.id = ?::uuid
                """, operation).equals("t");
    }

    List<String> steps(String operation) {
        return all("""
                select name || ': ' || state || coalesce(' (' || message || ')', '')
                  from provisioning.step where operation_id = ?::uuid order by position
                """, operation);
    }

    /// How many there were of a kind, and what became of them.
    String operations(Customer customer, String kind) {
        return tell("""
                select count(*) || ', ' || string_agg(distinct state, ' ') from provisioning.operation
                 where kind = ? and tenant_id = (select id from tenancy.tenant where slug = ?)
                """, kind, customer.slug());
    }

    long audited(Customer customer, String action) {
        return Long.parseLong(tell("""
                select count(*) from audit.event
                 where action = ? and tenant_id = (select id from tenancy.tenant where slug = ?)
                """, action, customer.slug()));
    }

    /// Whatever carries the tenant's name or its tag.
    Map<String, Long> parts(Customer customer) {
        var parts = new HashMap<String, Long>();
        parts.put("role", count("""
                select count(*) from pg_roles, tenancy.tenant
                 where slug = ? and (starts_with(rolname, 'tenant_' || replace(id::text, '-', ''))
                       or not starts_with(rolname, 'snapshot_')
                          and shobj_description(pg_roles.oid, 'pg_authid') = 'autostack:tenant=' || id)
                """, customer));
        parts.put("database", count("""
                select count(*) from pg_database, tenancy.tenant
                 where slug = ? and (starts_with(datname, 'tenant_' || replace(id::text, '-', ''))
                       or shobj_description(pg_database.oid, 'pg_database') = 'autostack:tenant=' || id)
                """, customer));
        parts.put("secret", count("""
                select count(distinct s.name) from provisioning.secret s, tenancy.tenant t
                 where slug = ? and (tenant_id = t.id or s.name like 'tenants/' || slug || '/%')
                """, customer));
        parts.put("route", count("""
                select count(*) from provisioning.route, tenancy.tenant where slug = ? and tenant_id = id
                """, customer));
        parts.put("snapshot", count("""
                select count(*) from pg_database, tenancy.tenant
                 where slug = ? and starts_with(datname, 'snapshot_')
                       and strpos(shobj_description(pg_database.oid, 'pg_database'), id::text) > 0
                """, customer));
        return parts;
    }

    /// That the tenant has now, which is another one after a restore.
    String database(Customer customer) {
        return tell("select database_name from tenancy.tenant where slug = ?", customer.slug());
    }

    /// With the credentials of the secret's current version, into the tenant's database.
    boolean signsIn(Customer customer) {
        var secret = application
                .tenantApplication()
                .get("/secrets/" + tell("select database_secret from tenancy.tenant where slug = ?", customer.slug()))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        try (var tenant = signIn(customer, secret);
                var statement = tenant.createStatement();
                var rows = statement.executeQuery("select current_user = current_database()")) {
            return rows.next() && rows.getBoolean(1);
        } catch (SQLException e) {
            if (DATABASE_TAKES_NOBODY.equals(e.getSQLState())) return false;
            throw new IllegalStateException(customer.slug() + " cannot sign in", e);
        }
    }

    /// What is ours and belongs to no living tenant, and what still waits for a worker.
    List<String> orphans() {
        var orphans = new ArrayList<>(strays());
        for (var container : application.engine().map(Engine::all).orElse(List.of()))
            if (!isDeployed(container)) orphans.add("container " + container);
        return orphans;
    }

    private boolean isDeployed(String container) {
        return !tell("""
                select d.id from marketplace.deployment d join tenancy.tenant t on t.id = d.tenant_id
                 where d.status = 'running' and ? like '/autostack-' || t.slug || '--%'
                """, container).isEmpty();
    }

    private List<String> strays() {
        return all("""
                with living as (select id, 'autostack:tenant=' || id as tag from tenancy.tenant where gone_at is null)
                select 'role ' || rolname from pg_roles
                 where (rolname ~ '^(tenant|snapshot)_' or shobj_description(oid, 'pg_authid') like 'autostack:%')
                   and coalesce(shobj_description(oid, 'pg_authid'), '') not in (select tag from living)
                union all
                select 'database ' || datname from pg_database
                 where (datname ~ '^(tenant|snapshot)_' or datname like '%\\_building'
                       or shobj_description(oid, 'pg_database') like 'autostack:%')
                   and not exists (select from living where strpos(
                           coalesce(shobj_description(pg_database.oid, 'pg_database'), ''), living.id::text) > 0)
                union all
                select 'snapshot that is not whole, or not shut: ' || datname
                  from pg_database d left join pg_roles r on r.rolname = datname
                 where starts_with(datname, 'snapshot_')
                   and (datallowconn or r.oid is null or rolcanlogin or shobj_description(d.oid, 'pg_database')
                           not like 'autostack:snapshot tenant=% of=% taken=%')
                union all
                select 'role of no snapshot: ' || rolname from pg_roles
                 where starts_with(rolname, 'snapshot_') and rolname not in (select datname from pg_database)
                union all
                select 'snapshot that is not listed: ' || datname
                  from pg_database d join tenancy.tenant t on strpos(
                       coalesce(shobj_description(d.oid, 'pg_database'), ''), t.id::text) > 0
                 where starts_with(datname, 'snapshot_') and status <> 'closed'
                   and datname not in (select snapshot from tenancy.backup where state = 'kept')
                union all
                select 'listed backup that is not there, or not settled: ' || snapshot from tenancy.backup
                 where state in ('taking', 'removing')
                    or state = 'kept' and snapshot not in (select datname from pg_database)
                union all
                select 'drill that is not settled: ' || id from tenancy.restore_drill where state = 'running'
                union all
                select 'secret ' || name from provisioning.secret where tenant_id not in (select id from living)
                union all
                select 'route ' || host from provisioning.route where tenant_id not in (select id from living)
                union all
                select 'operation ' || id from provisioning.operation where state in ('waiting', 'running')
                union all
                select 'task ' || task_instance from provisioning.scheduled_task
                union all
                select 'task ' || task_instance from provisioning.scheduled_task_long
                """);
    }

    /// The first column of the first row; empty when there is none.
    String tell(String question, String... parameters) {
        var rows = all(question, parameters);
        return rows.isEmpty() ? "" : rows.getFirst();
    }

    /// The same in another database.
    String tellIn(String database, String question) {
        var rows = in(database, question);
        return rows.isEmpty() ? "" : rows.getFirst();
    }

    private long count(String question, Customer customer) {
        return Long.parseLong(tell(question, customer.slug()));
    }

    private Connection signIn(Customer customer, JsonPath secret) throws SQLException {
        return application.signIn(
                database(customer), secret.getString("value.username"), secret.getString("value.password"));
    }

    private List<String> all(String question, String... parameters) {
        return in("autostack", question, parameters);
    }

    private List<String> in(String name, String question, String... parameters) {
        try {
            return superuser.texts(name, question, parameters);
        } catch (SQLException e) {
            throw new IllegalStateException(question, e);
        }
    }
}
