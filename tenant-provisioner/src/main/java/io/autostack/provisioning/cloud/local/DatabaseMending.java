package io.autostack.provisioning.cloud.local;

import static io.autostack.provisioning.cloud.local.TenantDatabases.tag;
import static io.autostack.provisioning.cloud.local.TenantServer.literal;
import static io.autostack.provisioning.cloud.local.TenantServer.quoted;
import static io.autostack.provisioning.cloud.local.TenantTemplate.execute;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseWanted;
import io.autostack.provisioning.cloud.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Gives a tenant's database back what somebody took from it by hand. It never makes one.
@ApplicationScoped
class DatabaseMending {

    /// What belongs to somebody that the driver can act for and that is no role of the tenant's. `reassign owned` would
    /// hand over shared things as well, so each object is named.
    private static final String STRAY = """
            with stray as (
                select oid from pg_roles
                 where pg_has_role(oid, 'usage') and coalesce(shobj_description(oid, 'pg_authid'), '') <> ?),
            room as (
                select oid, nspname, nspowner from pg_namespace
                 where nspname !~ '^pg_' and nspname <> 'information_schema'),
            part as (select classid, objid from pg_depend where deptype in ('a', 'i', 'e'))
            select 1, format('schema %I', n.nspname) from room n join stray s on s.oid = n.nspowner
            union all
            select 2, format('table %I.%I', n.nspname, c.relname)
              from pg_class c join room n on n.oid = c.relnamespace join stray s on s.oid = c.relowner
             where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
               and not (c.relkind = 'S' and exists (
                   select from part p where p.classid = 'pg_class'::regclass and p.objid = c.oid))
            union all
            select 3, format('routine %s', p.oid::regprocedure)
              from pg_proc p join room n on n.oid = p.pronamespace join stray s on s.oid = p.proowner
             where not exists (select from part x where x.classid = 'pg_proc'::regclass and x.objid = p.oid)
            union all
            select 4, format('type %s', format_type(t.oid, null))
              from pg_type t join room n on n.oid = t.typnamespace join stray s on s.oid = t.typowner
              left join pg_class c on c.oid = t.typrelid
             where t.typtype in ('d', 'e', 'r') or (t.typtype = 'c' and c.relkind = 'c')
             order by 1, 2
            """;

    private final TenantServers servers;

    @Inject
    DatabaseMending(TenantServers servers) {
        this.servers = servers;
    }

    /// Who owns a database.
    private record Owner(String name, boolean inReach, boolean tenants) {}

    Outcome mend(DatabaseWanted wanted, Secret secret) {
        var role = secret.value().get("username");
        var password = secret.value().get("password");
        if (role == null || password == null)
            return new Outcome.Failed(
                    "The secret " + wanted.secret() + " has no username and password. Put them back, then retry.");
        var server = servers.find(wanted).orElse(null);
        if (server == null) return gone(wanted);
        try (var admin = server.connect()) {
            var comment = TenantDatabases.comment(admin, "pg_database", "pg_database", "datname", wanted.name());
            if (comment.isEmpty()) return gone(wanted);
            if (!TenantDatabases.isOurs(admin, wanted, wanted.name(), comment.get()))
                return TenantDatabases.notOurs("database", wanted.name());
            var owner = owner(admin, wanted);
            if (!owner.inReach())
                return new Outcome.Failed("The database " + wanted.name() + " belongs to " + owner.name()
                        + ", for whom the platform may not act. Give it to " + server.user() + ", then retry.");
            if (!TenantLogins.ensure(admin, wanted, role, password)) return TenantDatabases.notOurs("role", role);
            // The owner role has the database's name.
            var name = quoted(wanted.name());
            TenantDatabases.inTransaction(admin, () -> {
                execute(admin, "comment on database " + name + " is " + literal(tag(wanted.tenant())));
                if (!owner.tenants()) execute(admin, "alter database " + name + " owner to " + name);
                execute(admin, "revoke all on database " + name + " from public");
                execute(admin, "grant connect on database " + name + " to " + name);
                execute(admin, "alter database " + name + " with allow_connections true");
                return true;
            });
            return Outcome.done(Map.of("database", wanted.name(), "role", role, "owner", wanted.name()));
        } catch (SQLException refused) {
            throw new IllegalStateException("database " + wanted.name() + " could not be mended", refused);
        }
    }

    Outcome mendContents(DatabaseWanted wanted) {
        var server = servers.find(wanted).orElse(null);
        if (server == null) return gone(wanted);
        try (var admin = server.connect();
                var inside = server.connect(wanted.name())) {
            var owner = owner(admin, wanted);
            if (!owner.tenants()) return TenantDatabases.notOurs("database", wanted.name());
            var strays = strays(inside, wanted.tenant());
            for (var stray : strays) execute(inside, "alter " + stray + " owner to " + quoted(owner.name()));
            return Outcome.done(Map.of("owner", owner.name(), "objects given back", Integer.toString(strays.size())));
        } catch (SQLException refused) {
            throw new IllegalStateException("the contents of " + wanted.name() + " could not be mended", refused);
        }
    }

    private static Outcome gone(DatabaseWanted wanted) {
        return new Outcome.Failed("There is no database " + wanted.name()
                + ". Restore it from a backup, then retry; an empty one was not made in its place.");
    }

    private static Owner owner(Connection admin, DatabaseWanted wanted) throws SQLException {
        try (var select = admin.prepareStatement("""
                select pg_get_userbyid(datdba), pg_has_role(datdba, 'usage'),
                       pg_get_userbyid(datdba) = datname
                         and coalesce(shobj_description(datdba, 'pg_authid'), '') = ?
                  from pg_database where datname = ?
                """)) {
            select.setString(1, tag(wanted.tenant()));
            select.setString(2, wanted.name());
            try (var row = select.executeQuery()) {
                if (!row.next()) throw new SQLException("there is no database " + wanted.name());
                return new Owner(row.getString(1), row.getBoolean(2), row.getBoolean(3));
            }
        }
    }

    private static List<String> strays(Connection inside, UUID tenant) throws SQLException {
        var found = new ArrayList<String>();
        try (var select = inside.prepareStatement(STRAY)) {
            select.setString(1, tag(tenant));
            try (var rows = select.executeQuery()) {
                while (rows.next()) found.add(rows.getString(2));
            }
        }
        return found;
    }
}
