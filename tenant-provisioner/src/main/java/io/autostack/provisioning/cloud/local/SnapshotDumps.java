package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.postgres.Login;
import io.autostack.provisioning.postgres.SnapshotFiles;
import io.autostack.provisioning.postgres.TenantServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/// Files of snapshots in this replica's home, each written down before it is begun: none is anywhere that nobody knows
/// of.
@ApplicationScoped
@Typed(SnapshotDumps.class)
class SnapshotDumps implements SnapshotFiles {

    private final DumpFiles files;
    private final DumpRegister register;

    @Inject
    SnapshotDumps(DumpFiles files, DumpRegister register) {
        this.files = files;
        this.register = register;
    }

    @Override
    public Optional<String> whyNot(Connection admin) throws SQLException {
        return files.whyNot(admin);
    }

    @Override
    public String write(TenantServer server, UUID tenant, String snapshot, Login login) {
        register.note(tenant, snapshot);
        return files.write(server, tenant, snapshot, login);
    }

    @Override
    public void remove(UUID tenant, String snapshot) {
        files.remove(tenant, snapshot);
        register.removed(tenant, snapshot);
    }
}
