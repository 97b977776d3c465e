package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.Passwords;
import io.autostack.provisioning.cloud.Address;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.SecretStage;
import io.autostack.provisioning.postgres.SharedServer;
import io.autostack.provisioning.postgres.TenantServer;
import io.autostack.provisioning.postgres.TenantServers;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// RDS instances as servers of tenants' databases. The server that the installation was given holds no tenant here:
/// schemas are tried out on it before tenants get them.
@ApplicationScoped
@Typed(AwsServers.class)
class AwsServers implements TenantServers {

    private static final int PORT = 5432;
    private static final String PASSWORD_REFUSED = "28P01";
    private static final Duration MOMENTS = Duration.ofSeconds(5);

    private final SharedServer own;
    private final InstanceRegister register;
    private final RdsInstances instances;
    private final AwsSecrets secrets;
    private final AwsSettings settings;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    @Inject
    AwsServers(
            SharedServer own,
            InstanceRegister register,
            RdsInstances instances,
            AwsSecrets secrets,
            AwsSettings settings) {
        this.own = own;
        this.register = register;
        this.instances = instances;
        this.secrets = secrets;
        this.settings = settings;
    }

    /// @param version of the secret that the administrator's password is from
    private record Known(Address address, String version, TenantServer server) {}

    @Override
    public TenantServer shared() {
        return own.get();
    }

    @Override
    public TenantServer ensure(DatabaseSpec desired) {
        var identifier = register.ensure(desired);
        var found = instances.find(identifier);
        if (found.isEmpty()) {
            var password = administrator(desired.tenant(), identifier);
            throw instances.create(identifier, desired.tenant(), desired.server(), password(password));
        }
        instances.mustBeOf(desired.tenant(), found.get());
        return server(desired.tenant(), instances.ready(found.get()));
    }

    /// An instance is made from a snapshot or empty, and cannot become the one when it is the other.
    @Override
    public Outcome prepare(DatabaseSpec desired) {
        return Outcome.done(Map.of(
                "server", "comes with the snapshot, as " + desired.server().instanceClass()));
    }

    @Override
    public Optional<TenantServer> find(DatabaseSpec desired) {
        return register.find(desired)
                .flatMap(entry -> instances.find(entry.identifier()))
                .filter(found -> instances.isOf(desired.tenant(), found))
                .filter(found -> InstanceStatus.of(RdsInstances.status(found)) != InstanceStatus.GOING)
                .map(found -> server(desired.tenant(), instances.ready(found)));
    }

    @Override
    public Optional<TenantServer> glance(DatabaseSpec desired) {
        return register.find(desired)
                .flatMap(entry -> instances.find(entry.identifier()))
                .flatMap(found -> glance(desired.tenant(), found));
    }

    Optional<TenantServer> glance(UUID tenant, DBInstance found) {
        if (!instances.isOf(tenant, found)
                || !RdsInstances.takesSessions(found)
                || secrets.find(tenant, secret(found.dbInstanceIdentifier()), SecretStage.CURRENT)
                        .isEmpty()) return Optional.empty();
        try {
            return Optional.of(server(tenant, found, false));
        } catch (OutcomeException _) {
            return Optional.empty();
        }
    }

    /// One that is stopped costs its disk alone. AWS starts it again by itself after seven days.
    @Override
    public Outcome rest(DatabaseSpec desired) {
        var identifier = register.find(desired).map(InstanceRegister.Entry::identifier);
        if (identifier.isEmpty()) return Outcome.done(Map.of("server", "none"));
        var name = identifier.get();
        if (register.databases(name).size() > 1)
            return Outcome.done(Map.of("server", name + " goes on: apps of the tenant use it"));
        var found = instances.find(name).filter(there -> instances.isOf(desired.tenant(), there));
        if (found.isEmpty()) return Outcome.done(Map.of("server", "none"));
        if (InstanceStatus.of(RdsInstances.status(found.get())) == InstanceStatus.READY) {
            forget(name);
            instances.stop(name);
        }
        return Outcome.done(Map.of("server", name + " stops"));
    }

    @Override
    public List<TenantServer> all(UUID tenant) {
        var all = new ArrayList<TenantServer>();
        for (var entry : register.of(tenant))
            instances
                    .find(entry.identifier())
                    .filter(found -> instances.isOf(tenant, found))
                    .map(found -> server(tenant, instances.ready(found)))
                    .ifPresent(all::add);
        return all;
    }

    @Override
    public List<TenantServer> running() {
        return Stream.concat(Stream.of(shared()), known.values().stream().map(Known::server))
                .toList();
    }

    @Override
    public Optional<Address> findAddress(DatabaseSpec desired) {
        return register.find(desired).flatMap(InstanceRegister.Entry::address);
    }

    @Override
    public Optional<String> findObstacleTo(Placement placement) {
        return placement == Placement.DEDICATED
                ? Optional.empty()
                : Optional.of("on AWS every tenant has an instance of its own; choose the dedicated server");
    }

    @Override
    public Outcome removeIfEmpty(DatabaseSpec removed, Outcome otherwise) {
        register.forget(removed);
        return removeIfEmpty(removed.tenant(), otherwise);
    }

    @Override
    public Outcome removeIfEmpty(UUID tenant, Outcome otherwise) {
        var outcome = otherwise;
        for (var entry : register.of(tenant))
            if (register.databases(entry.identifier()).isEmpty() && isEmpty(tenant, entry.identifier())) {
                remove(tenant, entry.identifier());
                outcome = Outcome.done(Map.of("server", "the RDS instance " + entry.identifier() + " deleted"));
            }
        return outcome;
    }

    /// What nobody wrote down may be there all the same. One that is on its way out was looked at before.
    private boolean isEmpty(UUID tenant, String identifier) {
        return instances
                .find(identifier)
                .filter(found -> instances.isOf(tenant, found))
                .filter(found -> InstanceStatus.of(RdsInstances.status(found)) != InstanceStatus.GOING)
                .map(found -> !server(tenant, instances.ready(found)).holdsDatabases())
                .orElse(true);
    }

    /// @throws OutcomeException it is still there
    void remove(UUID tenant, String identifier) {
        register.removing(identifier);
        forget(identifier);
        instances
                .find(identifier)
                .filter(found -> instances.isOf(tenant, found))
                .ifPresent(instances::remove);
        secrets.removeSecret(tenant, secret(identifier));
        register.removed(identifier);
    }

    /// A session's address and credentials are looked at each time; the pool stays as long as both do. An instance that
    /// does not take the administrator's password, because it was replaced or came with a snapshot, is given it.
    TenantServer server(UUID tenant, DBInstance instance) {
        return server(tenant, instance, true);
    }

    private TenantServer server(UUID tenant, DBInstance instance, boolean give) {
        var identifier = instance.dbInstanceIdentifier();
        var password = secrets.find(tenant, secret(identifier), SecretStage.CURRENT)
                .orElseThrow(() -> new OutcomeException(new Outcome.Failed("The secret of the administrator of the RDS"
                        + " instance " + identifier + " is gone. Give the instance's master user a new password and"
                        + " put a secret back that holds it, then retry.")));
        var address = new Address(
                instance.endpoint().address(),
                instance.endpoint().port() == null ? PORT : instance.endpoint().port());
        register.seen(identifier, address);
        return known.compute(identifier, (name, before) -> {
                    if (before != null
                            && before.address().equals(address)
                            && before.version().equals(password.version())) return before;
                    if (before != null) before.server().close();
                    return new Known(address, password.version(), open(instance, address, password, give));
                })
                .server();
    }

    private TenantServer open(DBInstance instance, Address address, Secret password, boolean give) {
        var server = open(address, password);
        try (var admin = server.connect()) {
            if (admin.isValid(1)) return server;
        } catch (SQLException e) {
            if (PASSWORD_REFUSED.equals(e.getSQLState())) {
                server.close();
                if (give)
                    instances.modify(
                            instance.dbInstanceIdentifier(), change -> change.masterUserPassword(password(password)));
                throw RdsInstances.coming(instance, "gets the administrator's new password", MOMENTS);
            }
        }
        // Whoever needs a session finds out what keeps it from answering.
        return server;
    }

    private TenantServer open(Address address, Secret password) {
        return new TenantServer(
                "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + RdsInstances.DATABASE
                        + settings.encryption(),
                RdsInstances.ADMINISTRATOR,
                password(password));
    }

    /// Made before the instance, so that each attempt to make it says the same.
    Secret administrator(UUID tenant, String identifier) {
        var name = secret(identifier);
        var found = secrets.find(tenant, name, SecretStage.CURRENT);
        if (found.isPresent()) return found.get();
        OutcomeException.done(secrets.ensureSecret(
                tenant, name, Map.of("username", RdsInstances.ADMINISTRATOR, "password", Passwords.next())));
        return secrets.find(tenant, name, SecretStage.CURRENT)
                .orElseThrow(() -> new IllegalStateException("Secrets Manager does not show " + name + " yet"));
    }

    private static String password(Secret administrator) {
        return administrator.value().getOrDefault("password", "");
    }

    static String secret(String identifier) {
        return "servers/" + identifier;
    }

    private void forget(String identifier) {
        var gone = known.remove(identifier);
        if (gone != null) gone.server().close();
    }

    @PreDestroy
    void close() {
        known.keySet().forEach(this::forget);
    }
}
