package io.autostack.marketplace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.jdbc.Query;
import io.autostack.jdbc.Sql;
import io.autostack.plugin.json.PluginJson;
import io.autostack.shared.Page;
import io.autostack.shared.PageRequest;
import io.autostack.tenancy.closing.TenantForgotten;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// Deployment plans and deployments that the current database scope sees.
@ApplicationScoped
public class Deployments {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    /// An app runs no longer than its tenant.
    private static final String SELECT = """
        select d.id, d.tenant_id, p.slug as app, p.name, d.plan_id, q.template, q.version,
               r.description ->> 'name' as template_name, d.operation,
               case when d.status = 'running' and t.status in ('closing', 'closed') then t.status else d.status end
                   as status,
               d.simulated, d.created_by, d.created_at
          from marketplace.deployment d
          join tenancy.tenant t on t.id = d.tenant_id
          join tenancy.project p on p.id = d.project_id
          join marketplace.deployment_plan q on q.id = d.plan_id
          join marketplace.release r on r.template = q.template and r.version = q.version
        """;

    private final DataSource database;
    private final ObjectMapper json;

    @Inject
    Deployments(DataSource database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    void add(DeploymentPlan plan, String createdBy) {
        change(
                """
                insert into marketplace.deployment_plan
                       (id, tenant_id, template, version, app_name, app_slug, answers, stack, created_by, expires_at)
                values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)
                """,
                plan.id(),
                plan.tenant(),
                plan.template(),
                plan.version(),
                plan.appName(),
                plan.appSlug(),
                text(plan.answers()),
                PluginJson.write(plan.stack()),
                createdBy,
                plan.expiresAt());
    }

    /// Nothing refers to a plan that nobody approved.
    void forget(@Observes TenantForgotten deleted) {
        change("""
            delete from marketplace.deployment_plan p
             where p.tenant_id = ?
               and not exists (select from marketplace.deployment d where d.plan_id = p.id)
            """, deleted.tenant());
    }

    /// Plans that expired that long ago and that no deployment was made from, by the database's time.
    ///
    /// @return how many
    int removeExpired(Duration ago, int max) {
        return change("""
            delete from marketplace.deployment_plan where id in (
                   select p.id from marketplace.deployment_plan p
                    where p.expires_at < now() - make_interval(secs => ?)
                      and not exists (select from marketplace.deployment d where d.plan_id = p.id)
                    order by p.expires_at limit ?)
            """, (double) ago.toSeconds(), max);
    }

    public Optional<DeploymentPlan> findPlan(UUID id) {
        return on(connection -> Sql.of(connection, """
            select id, tenant_id, template, version, app_name, app_slug, answers, stack, expires_at
              from marketplace.deployment_plan where id = ?
            """, id).find(this::plan));
    }

    void add(UUID id, DeploymentPlan plan, UUID project, UUID operation, String createdBy) {
        change("""
            insert into marketplace.deployment (id, tenant_id, project_id, plan_id, operation, status, created_by)
            values (?, ?, ?, ?, ?, 'deploying', ?)
            """, id, plan.tenant(), project, plan.id(), operation, createdBy);
    }

    /// @return false when it was completed so before
    boolean complete(UUID id, String status, boolean simulated) {
        return change("""
            update marketplace.deployment set status = ?, simulated = ?, settled_at = now()
             where id = ? and status <> ? and status <> 'running'
            """, status, simulated, id, status) == 1;
    }

    /// @return the app that the deployment made; empty when it has not failed
    Optional<UUID> release(UUID id) {
        return on(connection -> Sql.of(connection, """
            update marketplace.deployment set status = 'released', settled_at = now()
             where id = ? and status = 'failed'
            returning project_id
            """, id).find(row -> row.getObject(1, UUID.class)));
    }

    void resume(UUID id) {
        change("update marketplace.deployment set status = 'deploying' where id = ? and status = 'failed'", id);
    }

    public Optional<Deployment> find(UUID id) {
        return select("where d.id = ? limit ?", id, 1).stream().findFirst();
    }

    Optional<Deployment> findByPlan(UUID plan) {
        return select("where d.plan_id = ? limit ?", plan, 1).stream().findFirst();
    }

    /// Of one tenant, newest first.
    public Page<Deployment> page(UUID tenant, PageRequest request) {
        return on(pageQuery(tenant, request)::run);
    }

    /// The same, to be asked with other things.
    public Query<Page<Deployment>> pageQuery(UUID tenant, PageRequest request) {
        int rows = request.size() + 1;
        return request.afterId()
                .map(after ->
                        list("where d.tenant_id = ? and d.id < ? order by d.id desc limit ?", tenant, after, rows))
                .orElseGet(() -> list("where d.tenant_id = ? order by d.id desc limit ?", tenant, rows))
                .map(found -> Page.of(
                        found, request.size(), deployment -> deployment.id().toString()));
    }

    private static Query<List<Deployment>> list(String where, Object... values) {
        return Query.list(SELECT + where, Deployments::deployment, values);
    }

    private List<Deployment> select(String where, Object... values) {
        return on(connection -> Sql.of(connection, SELECT + where, values).list(Deployments::deployment));
    }

    private static Deployment deployment(ResultSet row) throws SQLException {
        return new Deployment(
                row.getObject("id", UUID.class),
                row.getObject("tenant_id", UUID.class),
                row.getString("app"),
                row.getString("name"),
                row.getObject("plan_id", UUID.class),
                row.getString("template"),
                row.getString("template_name"),
                row.getString("version"),
                row.getObject("operation", UUID.class),
                row.getString("status"),
                row.getBoolean("simulated"),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant());
    }

    private DeploymentPlan plan(ResultSet row) throws SQLException {
        try {
            return new DeploymentPlan(
                    row.getObject("id", UUID.class),
                    row.getObject("tenant_id", UUID.class),
                    row.getString("template"),
                    row.getString("version"),
                    row.getString("app_name"),
                    row.getString("app_slug"),
                    json.readValue(row.getString("answers"), TEXTS),
                    PluginJson.readPlan(row.getString("stack")),
                    row.getTimestamp("expires_at").toInstant());
        } catch (PluginJson.Malformed | JsonProcessingException e) {
            throw new IllegalStateException("marketplace.deployment_plan holds a plan that cannot be read", e);
        }
    }

    private String text(Map<String, String> answers) {
        try {
            return json.writeValueAsString(answers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /// @return how many rows were changed
    private int change(String sql, Object... values) {
        return on(connection -> Sql.update(connection, sql, values));
    }

    private <T> T on(Work<T> work) {
        try (var connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("deployments cannot be reached", e);
        }
    }
}
