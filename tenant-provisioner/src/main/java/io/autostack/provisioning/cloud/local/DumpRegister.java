package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.cloud.LivesElsewhere;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Rows of provisioning.dump_file: on which machines there may be a file of a snapshot. Only the replica on that
/// machine can remove it, so nothing is called removed here that is still there.
@ApplicationScoped
class DumpRegister {

    private final PlatformDatabase database;
    private final Home home;

    @Inject
    DumpRegister(PlatformDatabase database, Home home) {
        this.database = database;
        this.home = home;
    }

    /// Before the file is begun: none is anywhere that nobody knows of.
    void note(UUID tenant, String snapshot) {
        database.alone(connection -> {
            try (var insert = connection.prepareStatement(
                    "insert into provisioning.dump_file (tenant_id, snapshot, home, host) values (?, ?, ?, ?)"
                            + " on conflict do nothing")) {
                insert.setObject(1, tenant);
                insert.setString(2, snapshot);
                insert.setObject(3, home.id());
                insert.setString(4, home.host());
                return insert.executeUpdate();
            }
        });
    }

    /// After the file here was removed.
    ///
    /// @throws LivesElsewhere there may be one on another machine as well
    void removed(UUID tenant, String snapshot) {
        var hosts = database.alone(connection -> {
            try (var delete = connection.prepareStatement(
                    "delete from provisioning.dump_file where tenant_id = ? and snapshot = ? and home = ?")) {
                delete.setObject(1, tenant);
                delete.setString(2, snapshot);
                delete.setObject(3, home.id());
                delete.executeUpdate();
            }
            return texts(
                    connection,
                    "select host from provisioning.dump_file where tenant_id = ? and snapshot = ?",
                    tenant,
                    snapshot);
        });
        if (!hosts.isEmpty())
            throw new LivesElsewhere("A file of the snapshot " + snapshot + " is on the host “" + hosts.getFirst()
                    + "”. The replica of AutoStack that runs there removes it.");
    }

    /// Snapshots of which some machine may have a file.
    List<String> snapshots(UUID tenant) {
        return database.alone(connection -> texts(
                connection,
                "select distinct snapshot from provisioning.dump_file where tenant_id = ? order by snapshot",
                tenant));
    }

    private static List<String> texts(Connection connection, String query, Object... values) throws SQLException {
        try (var select = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) select.setObject(i + 1, values[i]);
            try (var rows = select.executeQuery()) {
                var texts = new ArrayList<String>();
                while (rows.next()) texts.add(rows.getString(1));
                return texts;
            }
        }
    }
}
