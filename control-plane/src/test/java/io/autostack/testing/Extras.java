package io.autostack.testing;

import java.sql.SQLException;
import java.util.List;

/// Tenants that are rows and nothing else, for tests of long lists; nobody has built anything for them.
public final class Extras {

    private static final List<String> ABOUT_TENANTS = List.of(
            "audit.event",
            "identity.membership",
            "provisioning.operation",
            "tenancy.tenant_schema",
            "tenancy.tenant_history");

    private Extras() {}

    public static void add(String... slugs) throws SQLException {
        for (var slug : slugs) Server.execute("autostack", """
            insert into tenancy.tenant (id, slug, name, status, plan, plan_version, admin_email)
            values (uuidv7(), '%1$s', '%1$s', 'suspended', 'starter', 1, 'boss@zq.example')
            """.formatted(slug));
    }

    public static void makeMember(String email, String role, String slug) throws SQLException {
        Server.execute("autostack", """
            insert into identity.membership (id, tenant_id, email, role)
            select uuidv7(), id, '%s', '%s' from tenancy.tenant where slug = '%s'
            """.formatted(email, role, slug));
    }

    /// They and all rows about them.
    public static void remove(String slugsBegin) throws SQLException {
        for (var table : ABOUT_TENANTS) Server.execute("autostack", """
            delete from %s where tenant_id in (select id from tenancy.tenant where starts_with(slug, '%s'))
            """.formatted(table, slugsBegin));
        Server.execute("autostack", "delete from tenancy.tenant where starts_with(slug, '%s')".formatted(slugsBegin));
    }
}
