package io.autostack.faults;

import io.autostack.provisioning.cloud.Cloud;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The layer that every call of the cloud port passes. It changes nothing, unless a test wants a fault for the tenant
/// that the call is about.
public final class Faults {

    private static final Map<UUID, PlannedFault> PLANNED = new ConcurrentHashMap<>();
    private static final Map<UUID, Watch> WATCHED = new ConcurrentHashMap<>();

    private static volatile @Nullable Fault everybody;

    private Faults() {}

    /// What happens to a call.
    interface Fault {

        /// @return what the caller is told
        @Nullable
        Object on(Call call) throws Throwable;
    }

    /// One call of the port for a tenant.
    ///
    /// @param number counts the calls that met the same fault, from 1
    record Call(UUID tenant, Cloud real, Method method, List<Object> arguments, int number) {

        @Nullable
        Object really() throws Throwable {
            try {
                return method.invoke(real, arguments.toArray());
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        <T> Optional<T> argument(Class<T> type) {
            return arguments.stream().filter(type::isInstance).map(type::cast).findFirst();
        }
    }

    /// A call that was seen.
    record ObservedCall(String step, String method, List<Object> arguments) {}

    /// What was seen of one tenant's calls.
    record Watch(List<ObservedCall> calls, AtomicInteger inside, AtomicInteger maxInside) {}

    private record PlannedFault(@Nullable String step, Fault fault, AtomicInteger calls) {}

    /// Puts the layer around a driver, whatever methods it has.
    public static Cloud around(Cloud real) {
        return (Cloud) Proxy.newProxyInstance(
                Cloud.class.getClassLoader(), new Class<?>[] {Cloud.class}, (proxy, method, arguments) -> {
                    var given = arguments == null ? List.<Object>of() : Arrays.asList(arguments);
                    var tenant = given.stream()
                            .map(Faults::tenant)
                            .flatMap(Optional::stream)
                            .findFirst();
                    if (tenant.isEmpty()) return new Call(NOBODY, real, method, given, 0).really();
                    return watched(tenant.get(), real, method, given);
                });
    }

    /// From now on calls of this step of the tenant's operation meet the fault; with null every call.
    static void want(UUID tenant, @Nullable String step, Fault fault) {
        PLANNED.put(tenant, new PlannedFault(step, fault, new AtomicInteger()));
    }

    static void gone(UUID tenant) {
        PLANNED.remove(tenant);
    }

    /// For all tenants for whom nothing else is wanted; null for none.
    static void wantForEverybody(@Nullable Fault fault) {
        everybody = fault;
    }

    static Watch watch(UUID tenant) {
        var watch = new Watch(new CopyOnWriteArrayList<>(), new AtomicInteger(), new AtomicInteger());
        WATCHED.put(tenant, watch);
        return watch;
    }

    static void forget(Set<UUID> tenants) {
        PLANNED.keySet().removeAll(tenants);
        WATCHED.keySet().removeAll(tenants);
    }

    private static final UUID NOBODY = new UUID(0, 0);

    private static @Nullable Object watched(UUID tenant, Cloud real, Method method, List<Object> arguments)
            throws Throwable {
        var watch = WATCHED.get(tenant);
        if (watch == null) return asked(tenant, real, method, arguments);
        watch.calls().add(new ObservedCall(runningStep(tenant), method.getName(), arguments));
        watch.maxInside().accumulateAndGet(watch.inside().incrementAndGet(), Math::max);
        try {
            return asked(tenant, real, method, arguments);
        } finally {
            watch.inside().decrementAndGet();
        }
    }

    private static @Nullable Object asked(UUID tenant, Cloud real, Method method, List<Object> arguments)
            throws Throwable {
        var desired = PLANNED.get(tenant);
        var forEverybody = everybody;
        if (desired == null && forEverybody != null)
            return forEverybody.on(new Call(tenant, real, method, arguments, 0));
        if (desired == null || desired.step() != null && !desired.step().equals(runningStep(tenant)))
            return new Call(tenant, real, method, arguments, 0).really();
        return desired.fault()
                .on(new Call(tenant, real, method, arguments, desired.calls().incrementAndGet()));
    }

    /// Of the tenant's operation; empty when none runs and the platform itself looks.
    static String runningStep(UUID tenant) throws SQLException {
        return Catalogue.texts("autostack", """
                select s.name from provisioning.step s join provisioning.operation o on o.id = s.operation_id
                 where o.tenant_id = ?::uuid and o.state = 'running' and s.state = 'running'
                """, tenant.toString()).stream()
                .findFirst()
                .orElse("");
    }

    /// The tenant itself, or what says whose it is.
    private static Optional<UUID> tenant(Object argument) {
        if (argument instanceof UUID id) return Optional.of(id);
        if (!(argument instanceof Record)) return Optional.empty();
        return Arrays.stream(argument.getClass().getRecordComponents())
                .filter(component -> component.getType() == UUID.class)
                .findFirst()
                .map(component -> {
                    try {
                        return (UUID) component.getAccessor().invoke(argument);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }
}
