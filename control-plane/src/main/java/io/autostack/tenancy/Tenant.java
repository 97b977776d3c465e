package io.autostack.tenancy;

import io.autostack.provisioning.cloud.Placement;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Row of tenancy.tenant. Status changes are guarded updates in `Tenants`, never setters.
@Entity
@Table(schema = "tenancy", name = "tenant")
class Tenant {

    @Id
    UUID id;

    String slug;
    String name;
    String status;
    String plan;

    @Column(name = "plan_version")
    int planVersion;

    String environment;

    @Column(name = "admin_email")
    String adminEmail;

    @Nullable
    String url;

    @Nullable
    @Column(name = "database_host")
    String databaseHost;

    @Nullable
    @Column(name = "database_port")
    Integer databasePort;

    @Nullable
    @Column(name = "database_name")
    String databaseName;

    @Nullable
    @Column(name = "database_secret")
    String databaseSecret;

    @Column(name = "database_placement")
    String databasePlacement;

    @Column(name = "created_at")
    Instant createdAt;

    @Nullable
    @Column(name = "gone_at")
    Instant goneAt;

    @SuppressWarnings("NullAway.Init") // for Hibernate
    Tenant() {}

    Tenant(
            UUID id,
            String slug,
            String name,
            String plan,
            int planVersion,
            Environment environment,
            Placement placement,
            String adminEmail,
            Instant createdAt) {
        this.id = id;
        this.slug = slug;
        this.name = name;
        this.status = TenantStatus.PROVISIONING.word();
        this.plan = plan;
        this.planVersion = planVersion;
        this.environment = environment.word();
        this.databasePlacement = placement.word();
        this.adminEmail = adminEmail;
        this.createdAt = createdAt;
    }

    /// From a question in plain SQL that names the columns as they are.
    static Tenant of(ResultSet row) throws SQLException {
        var tenant = new Tenant();
        tenant.id = row.getObject("id", UUID.class);
        tenant.slug = row.getString("slug");
        tenant.name = row.getString("name");
        tenant.status = row.getString("status");
        tenant.plan = row.getString("plan");
        tenant.planVersion = row.getInt("plan_version");
        tenant.environment = row.getString("environment");
        tenant.adminEmail = row.getString("admin_email");
        tenant.url = row.getString("url");
        tenant.databaseHost = row.getString("database_host");
        tenant.databasePort = row.getObject("database_port", Integer.class);
        tenant.databaseName = row.getString("database_name");
        tenant.databaseSecret = row.getString("database_secret");
        tenant.databasePlacement = row.getString("database_placement");
        tenant.createdAt = row.getTimestamp("created_at").toInstant();
        return tenant;
    }
}
