package io.autostack.provisioning.postgres;

import io.autostack.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/// Sessions that somebody has open on a server of tenants' databases, and their end.
final class OpenSessions {

    /// Of roles that are gone, and whose sessions are not.
    private static final String OF_NO_ROLE = "usename is null and pg_has_role('pg_signal_backend', 'usage')";

    private OpenSessions() {}

    /// @return how many sessions in this database were ended
    static int endIn(Connection admin, String database) throws SQLException {
        return endWhere(admin, "datname", database);
    }

    /// @return how many sessions of this role were ended
    static int endOf(Connection admin, String role) throws SQLException {
        return endWhere(admin, "usename", role);
    }

    /// Only who has a role's rights may end its sessions.
    private static int endWhere(Connection admin, String column, String value) throws SQLException {
        return Sql.inTransaction(admin, () -> {
            var acting = new ActingFor(admin);
            for (var role : Sql.of(
                            admin,
                            "select distinct usename from pg_stat_activity where " + column
                                    + " = ? and usesysid is not null and pg_has_role(usesysid, 'usage with admin option')",
                            value)
                    .texts()) acting.beginUnlessGone(role);
            int count = Sql.of(
                            admin,
                            "select count(pg_terminate_backend(pid)) from pg_stat_activity where " + column
                                    + " = ? and usesysid is not null and (pg_has_role(usesysid, 'usage') or "
                                    + OF_NO_ROLE + ")",
                            value)
                    .one(row -> row.getInt(1));
            acting.end();
            return count;
        });
    }
}
