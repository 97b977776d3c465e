package io.autostack.provisioning.cloud.aws;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.PlatformDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The services that were asked of ECS, written down before it is asked, with the deployment that is waited for.
@ApplicationScoped
class ServiceRegister {

    /// What was wanted before and failed is tried anew; what is wanted differently now is asked for anew.
    private static final String ASK = """
            insert into provisioning.ecs_service (name, tenant_id, host, log_group, fingerprint) values (?, ?, ?, ?, ?)
            on conflict (name) do update
               set fingerprint = excluded.fingerprint, host = excluded.host, log_group = excluded.log_group,
                   state = case when ecs_service.fingerprint = excluded.fingerprint
                                 and ecs_service.state <> 'failed' then ecs_service.state else 'asked' end,
                   asked_at = case when ecs_service.fingerprint = excluded.fingerprint
                                    and ecs_service.state <> 'failed' then ecs_service.asked_at
                                   else clock_timestamp() end
             where ecs_service.tenant_id is not distinct from excluded.tenant_id
            returning state, deployment_id, ever_ran,
                      clock_timestamp() > coalesce(deployed_at, clock_timestamp()) + interval '12 minutes' as overdue,
                      clock_timestamp() > asked_at + interval '2 minutes' as long_asked
            """;

    private final PlatformDatabase platform;

    @Inject
    ServiceRegister(PlatformDatabase platform) {
        this.platform = platform;
    }

    /// How far a service is.
    enum State {
        ASKED,
        DEPLOYING,
        RUNNING,
        FAILED
    }

    /// @param deployment the one that was begun last
    /// @param everRan whether one of its deployments was ever completed
    /// @param overdue whether the deployment takes longer than any should
    /// @param longAsked whether ECS has kept us waiting for a deployment to begin
    record Row(State state, Optional<String> deployment, boolean everRan, boolean overdue, boolean longAsked) {

        /// A deployment was begun just now.
        Row deploying(String id) {
            return new Row(State.DEPLOYING, Optional.of(id), everRan, false, false);
        }
    }

    /// @param host of which requests lead to it
    record Entry(String name, Optional<String> host, String logGroup) {}

    /// Empty when the name is another tenant's.
    Optional<Row> ask(ServiceSpec spec) {
        return platform.alone(connection -> Sql.of(
                        connection,
                        ASK,
                        spec.name(),
                        spec.tenant().orElse(null),
                        spec.host().orElse(null),
                        spec.logGroup(),
                        spec.fingerprint())
                .find(ServiceRegister::row));
    }

    void deploying(String name, String deployment) {
        set(name, State.DEPLOYING, deployment);
    }

    void running(String name) {
        platform.alone(connection -> Sql.update(
                connection,
                "update provisioning.ecs_service set state = 'running', ever_ran = true where name = ?",
                name));
    }

    /// Nobody knows of its deployment any more.
    void lost(String name) {
        set(name, State.ASKED, null);
    }

    void failed(String name) {
        set(name, State.FAILED, null);
    }

    /// Whether just this was tried within the last hour and did not come up.
    boolean failedLately(ServiceSpec spec) {
        return platform.alone(connection -> Sql.of(
                        connection,
                        "select 1 from provisioning.ecs_service where name = ? and fingerprint = ? and state = 'failed'"
                                + " and deployed_at > clock_timestamp() - interval '1 hour'",
                        spec.name(),
                        spec.fingerprint())
                .find(row -> true)
                .isPresent());
    }

    private void set(String name, State state, @Nullable String deployment) {
        platform.alone(connection -> Sql.update(
                connection,
                "update provisioning.ecs_service set state = ?, deployment_id = ?, deployed_at = clock_timestamp(),"
                        + " asked_at = clock_timestamp() where name = ?",
                state.name().toLowerCase(Locale.ROOT),
                deployment,
                name));
    }

    Optional<Entry> find(@Nullable UUID tenant, String name) {
        return platform.alone(connection -> Sql.of(
                        connection,
                        "select name, host, log_group from provisioning.ecs_service where name = ? and tenant_id = ?",
                        name,
                        tenant)
                .find(ServiceRegister::entry));
    }

    List<Entry> of(UUID tenant) {
        return platform.alone(connection -> Sql.of(
                        connection,
                        "select name, host, log_group from provisioning.ecs_service where tenant_id = ? order by name",
                        tenant)
                .list(ServiceRegister::entry));
    }

    boolean everRan(String name) {
        return platform.alone(connection -> Sql.of(
                        connection, "select 1 from provisioning.ecs_service where name = ? and ever_ran", name)
                .find(row -> true)
                .isPresent());
    }

    void removed(String name) {
        platform.alone(
                connection -> Sql.update(connection, "delete from provisioning.ecs_service where name = ?", name));
    }

    /// How many tenants have an instance here.
    int tenants() {
        return platform.alone(
                connection -> Sql.of(connection, "select count(distinct tenant_id) from provisioning.rds_instance")
                        .one(row -> row.getInt(1)));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("deployment_id")),
                row.getBoolean("ever_ran"),
                row.getBoolean("overdue"),
                row.getBoolean("long_asked"));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(row.getString("name"), Optional.ofNullable(row.getString("host")), row.getString("log_group"));
    }
}
