package io.autostack.marketplace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.plugin.json.PluginJson;
import io.autostack.shared.Page;
import io.autostack.shared.PageRequest;
import io.autostack.tenancy.closing.TenantForgotten;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
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
        run("""
            insert into marketplace.deployment_plan
                   (id, tenant_id, template, version, app_name, app_slug, answers, stack, created_by, expires_at)
            values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)
            """, insert -> {
            insert.setObject(1, plan.id());
            insert.setObject(2, plan.tenant());
            insert.setString(3, plan.template());
            insert.setString(4, plan.version());
            insert.setString(5, plan.appName());
            insert.setString(6, plan.appSlug());
            insert.setString(7, text(plan.answers()));
            insert.setString(8, PluginJson.write(plan.stack()));
            insert.setString(9, createdBy);
            insert.setTimestamp(10, Timestamp.from(plan.expiresAt()));
            return insert.executeUpdate();
        });
    }

    /// Nothing refers to a plan that nobody approved.
    void forget(@Observes TenantForgotten deleted) {
        run("""
            delete from marketplace.deployment_plan p
             where p.tenant_id = ?
               and not exists (select from marketplace.deployment d where d.plan_id = p.id)
            """, delete -> {
            delete.setObject(1, deleted.tenant());
            return delete.executeUpdate();
        });
    }

    /// Plans that expired that long ago and that no deployment was made from, by the database's time.
    ///
    /// @return how many
    int removeExpired(Duration ago, int max) {
        return run("""
            delete from marketplace.deployment_plan where id in (
                   select p.id from marketplace.deployment_plan p
                    where p.expires_at < now() - make_interval(secs => ?)
                      and not exists (select from marketplace.deployment d where d.plan_id = p.id)
                    order by p.expires_at limit ?)
            """, delete -> {
            delete.setDouble(1, ago.toSeconds());
            delete.setInt(2, max);
            return delete.executeUpdate();
        });
    }

    public Optional<DeploymentPlan> findPlan(UUID id) {
        return run("""
            select id, tenant_id, template, version, app_name, app_slug, answers, stack, expires_at
              from marketplace.deployment_plan where id = ?
            """, select -> {
            select.setObject(1, id);
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(plan(rows)) : Optional.empty();
            }
        });
    }

    void add(UUID id, DeploymentPlan plan, UUID project, UUID operation, String createdBy) {
        run("""
            insert into marketplace.deployment (id, tenant_id, project_id, plan_id, operation, status, created_by)
            values (?, ?, ?, ?, ?, 'deploying', ?)
            """, insert -> {
            insert.setObject(1, id);
            insert.setObject(2, plan.tenant());
            insert.setObject(3, project);
            insert.setObject(4, plan.id());
            insert.setObject(5, operation);
            insert.setString(6, createdBy);
            return insert.executeUpdate();
        });
    }

    /// @return false when it was completed so before
    boolean complete(UUID id, String status, boolean simulated) {
        return run("""
            update marketplace.deployment set status = ?, simulated = ?, settled_at = now()
             where id = ? and status <> ? and status <> 'running'
            """, update -> {
                    update.setString(1, status);
                    update.setBoolean(2, simulated);
                    update.setObject(3, id);
                    update.setString(4, status);
                    return update.executeUpdate();
                })
                == 1;
    }

    /// @return the app that the deployment made; empty when it has not failed
    Optional<UUID> release(UUID id) {
        return run("""
            update marketplace.deployment set status = 'released', settled_at = now()
             where id = ? and status = 'failed'
            returning project_id
            """, update -> {
            update.setObject(1, id);
            try (var rows = update.executeQuery()) {
                return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
            }
        });
    }

    void resume(UUID id) {
        run("update marketplace.deployment set status = 'deploying' where id = ? and status = 'failed'", update -> {
            update.setObject(1, id);
            return update.executeUpdate();
        });
    }

    public Optional<Deployment> find(UUID id) {
        return select("where d.id = ?", id, 1).stream().findFirst();
    }

    Optional<Deployment> findByPlan(UUID plan) {
        return select("where d.plan_id = ?", plan, 1).stream().findFirst();
    }

    /// Of one tenant, newest first.
    public Page<Deployment> page(UUID tenant, PageRequest request) {
        var rows = request.afterId()
                .map(after ->
                        run(SELECT + "where d.tenant_id = ? and d.id < ? order by d.id desc limit ?", statement -> {
                            statement.setObject(1, tenant);
                            statement.setObject(2, after);
                            statement.setInt(3, request.size() + 1);
                            return deployments(statement);
                        }))
                .orElseGet(() -> select("where d.tenant_id = ? order by d.id desc", tenant, request.size() + 1));
        return Page.of(rows, request.size(), deployment -> deployment.id().toString());
    }

    private List<Deployment> select(String where, UUID value, int max) {
        return run(SELECT + where + " limit ?", statement -> {
            statement.setObject(1, value);
            statement.setInt(2, max);
            return deployments(statement);
        });
    }

    private static List<Deployment> deployments(PreparedStatement select) throws SQLException {
        try (var rows = select.executeQuery()) {
            var found = new ArrayList<Deployment>();
            while (rows.next())
                found.add(new Deployment(
                        rows.getObject("id", UUID.class),
                        rows.getObject("tenant_id", UUID.class),
                        rows.getString("app"),
                        rows.getString("name"),
                        rows.getObject("plan_id", UUID.class),
                        rows.getString("template"),
                        rows.getString("template_name"),
                        rows.getString("version"),
                        rows.getObject("operation", UUID.class),
                        rows.getString("status"),
                        rows.getBoolean("simulated"),
                        rows.getString("created_by"),
                        rows.getTimestamp("created_at").toInstant()));
            return found;
        }
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
        T on(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, Work<T> work) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("deployments cannot be reached", e);
        }
    }
}
