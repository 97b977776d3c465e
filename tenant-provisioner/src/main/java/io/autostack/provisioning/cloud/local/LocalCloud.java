package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.Databases;
import io.autostack.provisioning.cloud.Exports;
import io.autostack.provisioning.cloud.Inventory;
import io.autostack.provisioning.cloud.Routes;
import io.autostack.provisioning.cloud.Schemas;
import io.autostack.provisioning.cloud.Secrets;
import io.autostack.provisioning.cloud.Snapshots;
import io.autostack.provisioning.cloud.TaggedResources;
import io.autostack.provisioning.cloud.Workloads;
import io.autostack.provisioning.postgres.DatabaseExport;
import io.autostack.provisioning.postgres.PostgresDatabases;
import io.autostack.provisioning.postgres.SnapshotDatabases;
import io.autostack.provisioning.postgres.TenantSchemas;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// One machine as a cloud: real databases, roles, secrets and host names; containers where a Docker engine answers.
/// Each part of the port is implemented by one class.
@Singleton
class LocalCloud {

    private static final String NAME = "local";

    private final Map<Class<?>, Object> parts;

    @Inject
    LocalCloud(
            SecretStore secrets,
            PostgresDatabases databases,
            SnapshotDatabases snapshots,
            TenantSchemas schemas,
            HostNames routes,
            LocalWorkloads workloads,
            DatabaseExport exports,
            LocalInventory inventory,
            TaggedTenantResources tagged,
            @ConfigProperty(name = "autostack.cloud", defaultValue = NAME) String desired) {
        if (!desired.equals(NAME))
            throw new IllegalStateException(
                    "autostack.cloud is " + desired + "; this version has the driver local only");
        this.parts = Map.of(
                Secrets.class, secrets,
                Databases.class, databases,
                Snapshots.class, snapshots,
                Schemas.class, schemas,
                Routes.class, routes,
                Workloads.class, workloads,
                Exports.class, exports,
                Inventory.class, inventory,
                TaggedResources.class, tagged);
        for (var part : Cloud.class.getInterfaces())
            if (!part.isInstance(parts.get(part)))
                throw new IllegalStateException("nobody here implements " + part.getSimpleName());
    }

    /// Every call goes to the part that it belongs to.
    Cloud whole() {
        return (Cloud) Proxy.newProxyInstance(
                Cloud.class.getClassLoader(), new Class<?>[] {Cloud.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(parts.getOrDefault(method.getDeclaringClass(), this), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
