package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.inTransaction;
import static io.autostack.jdbc.Sql.literal;
import static io.autostack.jdbc.Sql.quoted;
import static io.autostack.provisioning.postgres.TenantDatabases.OBJECT_IN_USE;
import static io.autostack.provisioning.postgres.TenantDatabases.notOurs;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.LeftAlone;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.Snapshot;
import io.autostack.provisioning.cloud.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Copies of tenant databases. Each is a database that takes no connections, with a role of the same name that
/// owns everything inside and cannot sign in: it outlives the role it was copied from.
@ApplicationScoped
public class SnapshotDatabases implements Snapshots {

    private static final Pattern NAME = Pattern.compile("snapshot_[a-z0-9_]{1,54}");
    private static final String REMOVED = " removed";
    private static final Outcome BUSY =
            new Outcome.NotYet("the database is in use at the moment and cannot be copied", Duration.ofMillis(300));

    private final DatabaseSecrets secrets;
    private final TenantServers servers;
    private final TenantDatabases databases;
    private final TenantSessions sessions;
    private final SnapshotFiles files;

    @Inject
    SnapshotDatabases(
            DatabaseSecrets secrets,
            TenantServers servers,
            TenantDatabases databases,
            TenantSessions sessions,
            SnapshotFiles files) {
        this.secrets = secrets;
        this.servers = servers;
        this.databases = databases;
        this.sessions = sessions;
        this.files = files;
    }

    /// The owner role has the database's name, whoever signs in at present.
    @Override
    public Outcome takeSnapshot(DatabaseSpec of, String snapshot) {
        if (!NAME.matcher(snapshot).matches())
            return new Outcome.Failed("A snapshot cannot be called " + snapshot + ".");
        var role = of.name();
        var server = servers.find(of).orElse(null);
        if (server == null)
            return new Outcome.Failed("There is no database " + of.name() + ". Restore it, then retry.");
        try (var admin = server.connect()) {
            var source = TenantTag.onDatabase(admin, of.name());
            if (source.isEmpty())
                return new Outcome.Failed("There is no database " + of.name() + ". Restore it, then retry.");
            if (!DatabaseOwnership.isOurs(admin, of, source.get())) return notOurs("database", of.name());
            DatabaseOwnership.takeOver(server, admin, of);
            var found = TenantTag.onDatabase(admin, snapshot);
            if (found.flatMap(SnapshotTag::read)
                    .filter(tag -> tag.tenant().equals(of.tenant()))
                    .isPresent()) letIn(admin, role);
            else if (found.isPresent() && !isHalf(admin, of.tenant(), snapshot, found.get()))
                return notOurs("snapshot", snapshot);
            else if (!copy(server, admin, of, role, snapshot)) return notOurs("role", snapshot);
            return found(admin, of.tenant(), snapshot).<Outcome>map(this::taken).orElse(BUSY);
        } catch (SQLException e) {
            if (OBJECT_IN_USE.equals(e.getSQLState())) return BUSY;
            return Refusal.of("The database " + of.name() + " could not be copied", e);
        }
    }

    @Override
    public Outcome restoreSnapshot(UUID tenant, String snapshot, DatabaseSpec into) {
        return secrets.with(into, secret -> restore(tenant, snapshot, into, secret));
    }

    private Outcome restore(UUID tenant, String snapshot, DatabaseSpec into, Secret secret) {
        var kept = tenant.equals(into.tenant()) ? where(tenant, snapshot) : Optional.<TenantServer>empty();
        if (kept.isEmpty()) return missing(snapshot);
        var onShared = kept.get() == servers.shared();
        if (onShared != (into.placement() == Placement.SHARED)) return carry(kept.get(), snapshot, into, secret);
        return databases.ensure(into, secret, new DatabaseSource() {
            @Override
            public String database(TenantServer server) throws SQLException {
                try (var admin = server.connect()) {
                    DatabaseOwnership.own(admin, snapshot);
                }
                return snapshot;
            }

            @Override
            public Map<String, String> handOver(Connection inside, String role) throws SQLException {
                new OwnershipReassignment(List.of(snapshot), role).inside(inside);
                return Map.of();
            }

            @Override
            public boolean holdsData() {
                return true;
            }
        });
    }

    @Override
    public Outcome compareWithSnapshot(UUID tenant, String snapshot, DatabaseSpec restored) {
        return secrets.with(restored, secret -> compare(tenant, snapshot, restored));
    }

    private Outcome compare(UUID tenant, String snapshot, DatabaseSpec restored) {
        var place = where(tenant, snapshot).orElse(null);
        var server = servers.find(restored).orElse(null);
        if (place == null || server == null) return missing(snapshot);
        try {
            Contents kept;
            try (var inside = read(place, snapshot)) {
                kept = Contents.of(inside);
            }
            try (var owner = sessions.openPatiently(server, restored.name())) {
                var now = Contents.of(owner);
                var differences = now.differencesTo(kept);
                if (!differences.isEmpty())
                    return new Outcome.Failed("The database " + restored.name() + " is not what was backed up: "
                            + String.join("; ", differences) + ". Retry compares again; Release takes the copy back.");
                return Outcome.done(Map.of(
                        "tables", Integer.toString(now.tables().size()),
                        "rows", Long.toString(now.rows()),
                        "compared", "row counts and checksums are equal"));
            }
        } catch (SQLException e) {
            return Refusal.of("The database " + restored.name() + " could not be compared with " + snapshot, e);
        }
    }

    private Connection read(TenantServer place, String snapshot) throws SQLException {
        var inside = sessions.openPatiently(place, snapshot);
        execute(inside, "set default_transaction_read_only = on");
        return inside;
    }

    @Override
    public Outcome dumpSnapshot(UUID tenant, String snapshot) {
        var place = where(tenant, snapshot).orElse(null);
        if (place == null) return missing(snapshot);
        try (var admin = place.connect()) {
            var reason = files.whyNot(admin).or(() -> whyNotWhole(place, snapshot));
            var said = reason.isPresent() ? "none: " + reason.get() : written(place, tenant, snapshot);
            return new Outcome.Done(Map.of("file", said), Map.of("snapshot.file", said), false);
        } catch (SQLException e) {
            return Refusal.of("The snapshot " + snapshot + " could not be written to a file", e);
        }
    }

    private String written(TenantServer place, UUID tenant, String snapshot) throws SQLException {
        return sessions.lend(place, snapshot, login -> files.write(place, tenant, snapshot, login));
    }

    /// pg_dump leaves nothing out in silence: it refuses tables whose policies hold for their owner too.
    private Optional<String> whyNotWhole(TenantServer place, String snapshot) {
        try (var inside = sessions.open(place, snapshot)) {
            return Sql.of(inside, "select from pg_class where relforcerowsecurity")
                            .exists()
                    ? Optional.of(
                            "a table hides rows even from its owner, and pg_dump refuses those; the backup has them")
                    : Optional.empty();
        } catch (SQLException e) {
            throw new IllegalStateException("snapshot " + snapshot + " cannot be looked at", e);
        }
    }

    /// The last thing to go takes the tenant's own server with it.
    @Override
    public Outcome removeSnapshot(UUID tenant, String snapshot) {
        var removed = remove(tenant, snapshot);
        return removed instanceof Outcome.Done ? servers.removeIfEmpty(tenant, removed) : removed;
    }

    private Outcome remove(UUID tenant, String snapshot) {
        var result = Outcome.done(Map.of("snapshot", snapshot + " was not there"));
        for (var server : servers.all(tenant)) {
            var here = remove(server, tenant, snapshot);
            if (!(here instanceof Outcome.Done done)) return here;
            if (done.evidence().containsValue(snapshot + REMOVED)
                    || done.evidence().containsKey(Outcome.LEFT_ALONE)) result = done;
        }
        files.remove(tenant, snapshot);
        return result;
    }

    private static Outcome remove(TenantServer server, UUID tenant, String snapshot) {
        try (var admin = server.connect()) {
            var found = TenantTag.onDatabase(admin, snapshot);
            if (found.isPresent()
                    && found(admin, tenant, snapshot).isEmpty()
                    && !isHalf(admin, tenant, snapshot, found.get())) return LeftAlone.one("snapshot", snapshot);
            if (found.isPresent()) DatabaseSql.drop(admin, snapshot);
            var role = TenantTag.onRole(admin, snapshot);
            var leftAlone = new LeftAlone();
            if (role.isPresent() && !role.get().equals(TenantTag.of(tenant))) leftAlone.add("role", snapshot);
            else if (role.isPresent()) DatabaseSql.dropRole(admin, snapshot);
            return leftAlone.done(Map.of("snapshot", snapshot + (found.isPresent() ? REMOVED : " was not there")));
        } catch (SQLException e) {
            return Refusal.of("The snapshot " + snapshot + " could not be removed", e);
        }
    }

    @Override
    public List<Snapshot> snapshots(UUID tenant) {
        return servers.all(tenant).stream()
                .flatMap(server -> of(server, tenant).stream())
                .sorted(Comparator.comparing(Snapshot::takenAt))
                .toList();
    }

    private static List<Snapshot> of(TenantServer server, UUID tenant) {
        try (var admin = server.connect()) {
            var names = new ArrayList<String>();
            Sql.of(admin, """
                    select datname, shobj_description(oid, 'pg_database') as tag from pg_database
                     where starts_with(datname, 'snapshot_') and not datistemplate
                    """).each(row -> {
                var tag = Optional.ofNullable(row.getString("tag")).flatMap(SnapshotTag::read);
                if (tag.isPresent() && tag.get().tenant().equals(tenant)) names.add(row.getString("datname"));
            });
            var snapshots = new ArrayList<Snapshot>();
            for (var name : names) found(admin, tenant, name).ifPresent(snapshots::add);
            return snapshots;
        } catch (SQLException e) {
            throw new IllegalStateException("the snapshots of " + tenant + " cannot be listed", e);
        }
    }

    /// Which server a complete snapshot of the tenant is on.
    private Optional<TenantServer> where(UUID tenant, String snapshot) {
        for (var server : servers.all(tenant))
            try (var admin = server.connect()) {
                if (found(admin, tenant, snapshot).isPresent()) return Optional.of(server);
            } catch (SQLException e) {
                throw new IllegalStateException("snapshot " + snapshot + " could not be looked at", e);
            }
        return Optional.empty();
    }

    /// To another server rows are all that goes: what they are put into is the tenant schema.
    private Outcome carry(TenantServer from, String snapshot, DatabaseSpec into, Secret secret) {
        var made = databases.ensure(into, secret);
        if (!(made instanceof Outcome.Done)) return made;
        try (var inside = read(from, snapshot);
                var owner = sessions.openPatiently(servers.ensure(into), into.name())) {
            var obstacle = Rows.carry(inside, owner);
            return obstacle.<Outcome>map(why -> new Outcome.Failed("The database cannot be carried to another server: "
                            + why + ". Choose the server that it is on."))
                    .orElse(made);
        } catch (SQLException e) {
            return Refusal.of("The snapshot " + snapshot + " could not be carried to another server", e);
        }
    }

    /// A role that is not the tenant's loses nothing by a snapshot of its name, so that one is refused.
    private boolean copy(TenantServer server, Connection admin, DatabaseSpec of, String role, String snapshot)
            throws SQLException {
        DatabaseSql.drop(admin, snapshot);
        if (!ensureRole(admin, of.tenant(), snapshot)) return false;
        var takenAt = alone(admin, of.name(), role, () -> {
            var moment = now(admin);
            DatabaseSql.create(admin, snapshot, of.name());
            return moment;
        });
        inTransaction(admin, () -> {
            execute(admin, "comment on database " + quoted(snapshot) + " is " + literal(SnapshotTag.half(of.tenant())));
            execute(admin, "revoke all on database " + quoted(snapshot) + " from public");
            // So that it can be given what is inside; it cannot sign in.
            execute(admin, "grant connect, create on database " + quoted(snapshot) + " to " + quoted(snapshot));
            DatabaseSql.allowConnections(admin, snapshot, true);
            return true;
        });
        try (var inside = server.connect(snapshot)) {
            new OwnershipReassignment(List.of(role, TenantLogins.second(role)), snapshot).inside(inside);
        }
        return inTransaction(admin, () -> {
            var tag = new SnapshotTag(of.tenant(), of.name(), takenAt);
            DatabaseSql.allowConnections(admin, snapshot, false);
            execute(admin, "comment on database " + quoted(snapshot) + " is " + literal(tag.text()));
            return true;
        });
    }

    /// What is done while nobody is connected.
    private interface Alone {
        Instant run() throws SQLException;
    }

    /// Takes the owner's right to connect and gives it back, whatever happens. Whether the database takes
    /// connections at all is another matter, which a suspension decides: that stays as it is.
    private static Instant alone(Connection admin, String database, String role, Alone work) throws SQLException {
        execute(admin, "revoke connect on database " + quoted(database) + " from " + quoted(role));
        try {
            OpenSessions.endIn(admin, database);
            return work.run();
        } finally {
            letIn(admin, role);
        }
    }

    /// The role has the database's name.
    private static void letIn(Connection admin, String role) throws SQLException {
        execute(admin, "grant connect on database " + quoted(role) + " to " + quoted(role));
    }

    private static boolean ensureRole(Connection admin, UUID tenant, String name) throws SQLException {
        return inTransaction(admin, () -> {
            var found = TenantTag.onRole(admin, name);
            if (found.isEmpty()) {
                execute(admin, "create role " + quoted(name) + " nologin");
                TenantTag.putOnRole(admin, name, tenant);
            }
            return found.isEmpty() || found.get().equals(TenantTag.of(tenant));
        });
    }

    /// Without a tag it is ours from before a crash if its owner is the role made for it.
    private static boolean isHalf(Connection admin, UUID tenant, String snapshot, String comment) throws SQLException {
        return comment.equals(SnapshotTag.half(tenant))
                || (comment.equals(TenantTag.NONE)
                        && TenantTag.onRole(admin, snapshot).equals(Optional.of(TenantTag.of(tenant))));
    }

    private static Optional<Snapshot> found(Connection admin, UUID tenant, String name) throws SQLException {
        var tag = TenantTag.onDatabase(admin, name)
                .flatMap(SnapshotTag::read)
                .filter(complete -> complete.tenant().equals(tenant));
        if (tag.isEmpty()) return Optional.empty();
        long bytes = Sql.of(admin, "select pg_database_size(?)", name).one(row -> row.getLong(1));
        return Optional.of(
                new Snapshot(name, tenant, tag.get().database(), tag.get().takenAt(), bytes));
    }

    private Outcome taken(Snapshot snapshot) {
        return new Outcome.Done(
                Map.of(
                        "snapshot", snapshot.name(),
                        "of", snapshot.database(),
                        "taken", snapshot.takenAt().toString(),
                        "bytes", Long.toString(snapshot.bytes())),
                Map.of(
                        "snapshot.takenAt", snapshot.takenAt().toString(),
                        "snapshot.bytes", Long.toString(snapshot.bytes())),
                false);
    }

    private static Outcome missing(String snapshot) {
        return new Outcome.Failed("There is no snapshot " + snapshot + " of this tenant. Choose another backup.");
    }

    private static Instant now(Connection admin) throws SQLException {
        return Sql.of(admin, "select clock_timestamp()")
                .one(row -> row.getObject(1, OffsetDateTime.class).toInstant());
    }
}
