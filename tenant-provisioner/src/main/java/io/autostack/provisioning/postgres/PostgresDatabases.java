package io.autostack.provisioning.postgres;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Address;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Databases;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.SecretStage;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Live databases: each request with the secret it needs, to whoever does it.
@ApplicationScoped
public class PostgresDatabases implements Databases {

    private final DatabaseSecrets secrets;
    private final TenantDatabases databases;
    private final TenantLogins logins;
    private final DatabaseRepair repair;
    private final TenantServers servers;

    @Inject
    PostgresDatabases(
            DatabaseSecrets secrets,
            TenantDatabases databases,
            TenantLogins logins,
            DatabaseRepair repair,
            TenantServers servers) {
        this.secrets = secrets;
        this.databases = databases;
        this.logins = logins;
        this.repair = repair;
        this.servers = servers;
    }

    @Override
    public Outcome ensureDatabase(DatabaseSpec desired) {
        return unlessUnfit(() -> secrets.with(desired, secret -> databases.ensure(desired, secret)));
    }

    /// The last thing to go takes the tenant's own server with it.
    @Override
    public Outcome removeDatabase(DatabaseSpec desired) {
        var removed = databases.remove(desired);
        return removed instanceof Outcome.Done ? servers.removeIfEmpty(desired, removed) : removed;
    }

    @Override
    public Outcome checkDatabase(DatabaseSpec desired) {
        return secrets.with(desired, secret -> databases.check(desired, secret));
    }

    @Override
    public Outcome sizeDatabase(DatabaseSpec desired, Sizing sizing) {
        return databases.size(desired, sizing);
    }

    @Override
    public Outcome closeDatabase(DatabaseSpec desired) {
        return databases.close(desired);
    }

    @Override
    public Outcome restServer(DatabaseSpec desired) {
        return servers.rest(desired);
    }

    @Override
    public Outcome openDatabase(DatabaseSpec desired) {
        return databases.open(desired);
    }

    @Override
    public Outcome repairDatabase(DatabaseSpec desired) {
        return secrets.with(desired, secret -> repair.repair(desired, secret));
    }

    @Override
    public Outcome repairContents(DatabaseSpec desired) {
        return repair.repairContents(desired);
    }

    @Override
    public Outcome ensureServer(DatabaseSpec desired) {
        return unlessUnfit(() -> servers.prepare(desired));
    }

    @Override
    public Optional<Address> findAddress(DatabaseSpec desired) {
        return servers.findAddress(desired);
    }

    @Override
    public OptionalLong findSize(DatabaseSpec desired) {
        return databases.findSize(desired);
    }

    @Override
    public Optional<String> findObstacleTo(Placement placement) {
        return servers.findObstacleTo(placement);
    }

    @Override
    public String spareLogin(DatabaseSpec desired) {
        return logins.spare(desired, secrets.find(desired.tenant(), desired.secret(), SecretStage.CURRENT));
    }

    @Override
    public Outcome openLogin(DatabaseSpec desired, SecretStage stage) {
        return secrets.with(desired, stage, secret -> logins.open(desired, secret));
    }

    @Override
    public Outcome checkLogin(DatabaseSpec desired, SecretStage stage) {
        return secrets.with(desired, stage, secret -> databases.check(desired, secret));
    }

    @Override
    public Outcome closeLogin(DatabaseSpec desired, SecretStage stage) {
        return secrets.with(desired, stage, secret -> logins.close(desired, secret));
    }

    @Override
    public Outcome endSessions(DatabaseSpec desired, SecretStage stage, boolean now) {
        return secrets.with(desired, stage, secret -> logins.end(desired, secret, now));
    }

    private static Outcome unlessUnfit(Supplier<Outcome> made) {
        try {
            return made.get();
        } catch (UnfitSchema e) {
            return new Outcome.Failed(e.getMessage() + " Mend the files of the tenants' schema, then retry.");
        }
    }
}
