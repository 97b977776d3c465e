package io.autostack.provisioning.postgres;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.TaggedResource.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Databases, snapshots and roles that carry a tenant's id in their comment, also half-made ones and those that are
/// owned by a role that does.
public final class TaggedDatabases {

    private static final String ROLES = """
        select rolname from pg_roles where strpos(coalesce(shobj_description(oid, 'pg_authid'), ''), ?) > 0
        """;

    private static final String DATABASES = """
        select datname from pg_database
         where not datistemplate and starts_with(datname, 'snapshot_') = %s
           and (strpos(coalesce(shobj_description(oid, 'pg_database'), ''), ?) > 0
                or pg_get_userbyid(datdba) in (%s))
         order by datname
        """;

    private TaggedDatabases() {}

    /// @param kind a database, a snapshot or a role
    public static List<String> names(List<TenantServer> servers, Kind kind, UUID tenant) {
        var id = tenant.toString();
        return switch (kind) {
            case DATABASE -> onServers(servers, DATABASES.formatted("false", ROLES), id, id);
            case SNAPSHOT -> onServers(servers, DATABASES.formatted("true", ROLES), id, id);
            case ROLE -> onServers(servers, ROLES + " order by rolname", id);
            default -> throw new IllegalArgumentException("no server of databases has " + kind.words());
        };
    }

    /// Takes away one of [#names].
    public static Outcome drop(TenantServer server, Kind kind, String name) {
        try (var admin = server.connect()) {
            if (kind == Kind.ROLE) DatabaseSql.dropRole(admin, name);
            else DatabaseSql.drop(admin, name);
            return Outcome.done(Map.of());
        } catch (SQLException e) {
            throw new IllegalStateException(name + " could not be dropped", e);
        }
    }

    private static List<String> onServers(List<TenantServer> servers, String query, Object... values) {
        var names = new ArrayList<String>();
        for (var server : servers)
            try (var admin = server.connect()) {
                names.addAll(Sql.of(admin, query, values).texts());
            } catch (SQLException e) {
                throw new IllegalStateException("a server of tenants' databases cannot be looked at", e);
            }
        return names;
    }
}
