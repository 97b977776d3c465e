package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives a tenant's database back what somebody took from it by hand. It never makes one.
@ApplicationScoped
class DatabaseRepair {

    /// What belongs to somebody that the platform can act for and who is not the tenant's role: also to its
    /// second login, which can make things as itself. `reassign owned` would hand over shared things as well,
    /// so each object is named.
    private static final String STRAY = """
            with stray as (
                select oid, rolname from pg_roles
                 where rolname <> ? and (pg_has_role(oid, 'usage with admin option')
                                         or rolname in (current_user, 'pg_database_owner'))),
            room as (
                select oid, nspname, nspowner from pg_namespace
                 where nspname !~ '^pg_' and nspname not in ('information_schema', 'autostack')),
            part as (select classid, objid from pg_depend where deptype in ('a', 'i', 'e'))
            select 1, s.rolname, format('schema %I', n.nspname) from room n join stray s on s.oid = n.nspowner
            union all
            select 2, s.rolname, format('table %I.%I', n.nspname, c.relname)
              from pg_class c join room n on n.oid = c.relnamespace join stray s on s.oid = c.relowner
             where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
               and not (c.relkind = 'S' and exists (
                   select from part p where p.classid = 'pg_class'::regclass and p.objid = c.oid))
            union all
            select 3, s.rolname, format('routine %s', p.oid::regprocedure)
              from pg_proc p join room n on n.oid = p.pronamespace join stray s on s.oid = p.proowner
             where not exists (select from part x where x.classid = 'pg_proc'::regclass and x.objid = p.oid)
            union all
            select 4, s.rolname, format('type %s', format_type(t.oid, null))
              from pg_type t join room n on n.oid = t.typnamespace join stray s on s.oid = t.typowner
              left join pg_class c on c.oid = t.typrelid
             where t.typtype in ('d', 'e', 'r') or (t.typtype = 'c' and c.relkind = 'c')
             order by 1, 3
            """ + " limit " + OwnershipReassignment.AT_ONCE;

    private final TenantServers servers;

    @Inject
    DatabaseRepair(TenantServers servers) {
        this.servers = servers;
    }

    /// Who acts for the platform anyway, or for whom nobody can be let in.
    private static final String NOBODY_TO_ACT_FOR = "pg_database_owner";

    /// Something that belongs to somebody else.
    private record Stray(String owner, String what) {}

    Outcome repair(DatabaseSpec desired, Secret secret) {
        var role = secret.value().get("username");
        var password = secret.value().get("password");
        if (role == null || password == null)
            return new Outcome.Failed(
                    "The secret " + desired.secret() + " has no username and password. Put them back, then retry.");
        var server = servers.find(desired).orElse(null);
        if (server == null) return gone(desired);
        try (var admin = server.connect()) {
            var comment = TenantTag.onDatabase(admin, desired.name());
            if (comment.isEmpty()) return gone(desired);
            if (!DatabaseOwnership.isOurs(admin, desired, comment.get()))
                return TenantDatabases.notOurs("database", desired.name());
            var owner = DatabaseOwnership.owner(admin, desired.name());
            if (!inReach(admin, owner))
                return new Outcome.Failed("The database " + desired.name() + " belongs to " + owner
                        + ", for whom the platform may not act. Give it to " + server.user() + ", then retry.");
            if (!TenantLogins.ensure(admin, desired, role, password)) return TenantDatabases.notOurs("role", role);
            DatabaseOwnership.takeOver(server, admin, desired);
            Sql.inTransaction(admin, () -> {
                TenantTag.putOnDatabase(admin, desired.name(), desired.tenant());
                DatabaseOwnership.letIn(admin, desired.name());
                DatabaseOwnership.limitRole(admin, desired.name());
                DatabaseSql.allowConnections(admin, desired.name(), true);
                return true;
            });
            return Outcome.done(Map.of("database", desired.name(), "role", role, "owner", server.user()));
        } catch (SQLException e) {
            return Refusal.of("The database " + desired.name() + " could not be repaired", e);
        }
    }

    /// Only catalogues change. Whose it was may not see the platform act for it: all in one transaction.
    Outcome repairContents(DatabaseSpec desired) {
        var server = servers.find(desired).orElse(null);
        if (server == null) return gone(desired);
        try (var admin = server.connect();
                var inside = server.connect(desired.name())) {
            if (!TenantTag.onRole(admin, desired.name()).equals(Optional.of(TenantTag.of(desired.tenant()))))
                return TenantDatabases.notOurs("role", desired.name());
            int given = 0;
            for (int some = OwnershipReassignment.AT_ONCE; some == OwnershipReassignment.AT_ONCE; given += some)
                some = giveBackSome(inside, desired.name(), server.user());
            return Outcome.done(Map.of("owner", desired.name(), "objects given back", Integer.toString(given)));
        } catch (SQLException e) {
            return Refusal.of("The contents of " + desired.name() + " could not be repaired", e);
        }
    }

    /// @return how many
    private static int giveBackSome(Connection inside, String owner, String platform) throws SQLException {
        return Sql.inTransaction(inside, () -> {
            // Whatever waits for a lock blocks those behind it: rather not yet.
            execute(inside, "set local lock_timeout = '3s'");
            var strays = strays(inside, owner);
            if (strays.isEmpty()) return 0;
            var acting = new ActingFor(inside);
            acting.begin(owner);
            for (var other : strays.stream().map(Stray::owner).distinct().toList())
                if (!other.equals(platform) && !other.equals(NOBODY_TO_ACT_FOR)) acting.begin(other);
            for (var stray : strays) execute(inside, "alter " + stray.what() + " owner to " + quoted(owner));
            acting.end();
            return strays.size();
        });
    }

    private static Outcome gone(DatabaseSpec desired) {
        return new Outcome.Failed("There is no database " + desired.name()
                + ". Restore it from a backup, then retry; an empty one was not made in its place.");
    }

    private static boolean inReach(Connection admin, String role) throws SQLException {
        return Sql.of(admin, "select ? = current_user or pg_has_role(?, 'usage with admin option')", role, role)
                .one(row -> row.getBoolean(1));
    }

    private static List<Stray> strays(Connection inside, String owner) throws SQLException {
        return Sql.of(inside, STRAY, owner).list(row -> new Stray(row.getString(2), row.getString(3)));
    }
}
