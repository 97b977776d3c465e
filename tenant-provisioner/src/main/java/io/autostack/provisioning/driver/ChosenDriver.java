package io.autostack.provisioning.driver;

import io.autostack.provisioning.cloud.Calls;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.postgres.DatabaseSecrets;
import io.autostack.provisioning.postgres.FreeSpace;
import io.autostack.provisioning.postgres.SnapshotFiles;
import io.autostack.provisioning.postgres.TenantServers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The driver that `autostack.cloud` names, for everybody who asks for the cloud or for a part of it.
@Singleton
class ChosenDriver {

    private final CloudDriver driver;

    @Inject
    ChosenDriver(@Any Instance<CloudDriver> drivers, @ConfigProperty(name = "autostack.cloud") String desired) {
        this.driver = drivers.stream()
                .filter(one -> one.name().equals(desired))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("autostack.cloud is " + desired
                        + "; this version has the drivers "
                        + drivers.stream().map(CloudDriver::name).sorted().collect(Collectors.joining(", "))));
    }

    /// With its calls noted.
    @Produces
    @ApplicationScoped
    Cloud cloud() {
        return Calls.noted(whole());
    }

    /// Every call goes to the part that it belongs to.
    Cloud whole() {
        var parts = byInterface(driver.parts());
        return (Cloud) Proxy.newProxyInstance(
                Cloud.class.getClassLoader(), new Class<?>[] {Cloud.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(parts.getOrDefault(method.getDeclaringClass(), this), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Map<Class<?>, Object> byInterface(CloudDriver.Parts parts) {
        return Arrays.stream(CloudDriver.Parts.class.getRecordComponents())
                .collect(Collectors.toUnmodifiableMap(RecordComponent::getType, part(parts)));
    }

    private static Function<RecordComponent, Object> part(CloudDriver.Parts parts) {
        return component -> {
            try {
                return component.getAccessor().invoke(parts);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the driver's " + component.getName() + " cannot be read", e);
            }
        };
    }

    @Produces
    @Singleton
    CloudDescription description() {
        return driver.description();
    }

    @Produces
    @ApplicationScoped
    TenantServers servers() {
        return driver.servers();
    }

    @Produces
    @ApplicationScoped
    DatabaseSecrets databaseSecrets() {
        return driver.databaseSecrets();
    }

    @Produces
    @ApplicationScoped
    FreeSpace freeSpace() {
        return driver.freeSpace();
    }

    @Produces
    @ApplicationScoped
    SnapshotFiles snapshotFiles() {
        return driver.snapshotFiles();
    }
}
