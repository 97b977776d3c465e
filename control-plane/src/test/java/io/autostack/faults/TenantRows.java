package io.autostack.faults;

import io.autostack.faults.Scenario.Tenant;
import io.autostack.testing.Server;
import java.sql.SQLException;

/// Rows of tenants of whom nobody else takes care: they are gone as far as anybody else can see.
final class TenantRows {

    private static final String NAME = "Somebody who meets faults";

    private TenantRows() {}

    static void add(Tenant tenant) throws SQLException {
        try (var server = Server.asSuperuser("autostack");
                var insert = server.prepareStatement("""
                        insert into tenancy.tenant (id, slug, name, status, plan, plan_version, admin_email, gone_at,
                                                    database_host, database_port, database_name, database_secret)
                        values (?, ?, ?, 'closed', 'starter', 1, 'nobody@faults.example', now(), 'localhost', 1, ?, ?)
                        """)) {
            insert.setObject(1, tenant.id());
            insert.setString(2, tenant.slug());
            insert.setString(3, NAME);
            insert.setString(4, tenant.subject().database());
            insert.setString(5, tenant.subject().secret());
            insert.executeUpdate();
        }
    }

    /// Others list tenants, and expect their own.
    static void forgetAll() throws SQLException {
        var those = " (select id from tenancy.tenant where name = '" + NAME + "')";
        Catalogue.execute(
                Server.asSuperuser("autostack"),
                "delete from tenancy.restore_drill where tenant_id in" + those,
                "delete from tenancy.tenant_schema where tenant_id in" + those,
                "delete from tenancy.backup where tenant_id in" + those,
                "delete from tenancy.tenant where id in" + those);
    }
}
