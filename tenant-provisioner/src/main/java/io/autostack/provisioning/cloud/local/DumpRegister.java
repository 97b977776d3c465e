package io.autostack.provisioning.cloud.local;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.LivesElsewhere;
import io.autostack.provisioning.cloud.PlatformDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
        database.alone(connection -> Sql.update(
                connection,
                "insert into provisioning.dump_file (tenant_id, snapshot, home, host) values (?, ?, ?, ?)"
                        + " on conflict do nothing",
                tenant,
                snapshot,
                home.id(),
                home.host()));
    }

    /// After the file here was removed.
    ///
    /// @throws LivesElsewhere there may be one on another machine as well
    void removed(UUID tenant, String snapshot) {
        var hosts = database.alone(connection -> {
            Sql.update(
                    connection,
                    "delete from provisioning.dump_file where tenant_id = ? and snapshot = ? and home = ?",
                    tenant,
                    snapshot,
                    home.id());
            return Sql.of(
                            connection,
                            "select host from provisioning.dump_file where tenant_id = ? and snapshot = ?",
                            tenant,
                            snapshot)
                    .texts();
        });
        if (!hosts.isEmpty())
            throw new LivesElsewhere("A file of the snapshot " + snapshot + " is on the host “" + hosts.getFirst()
                    + "”. The replica of AutoStack that runs there removes it.");
    }

    /// Snapshots of which some machine may have a file.
    List<String> snapshots(UUID tenant) {
        return database.alone(connection -> Sql.of(
                        connection,
                        "select distinct snapshot from provisioning.dump_file where tenant_id = ? order by snapshot",
                        tenant)
                .texts());
    }
}
