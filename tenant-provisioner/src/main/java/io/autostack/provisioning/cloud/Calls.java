package io.autostack.provisioning.cloud;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a step asked of its cloud, for the ledger: the call, the name of the thing, and how long the
/// answer took. Values are never written down.
public final class Calls {

    private static final ScopedValue<List<String>> MADE = ScopedValue.newInstance();

    private Calls() {}

    /// The driver, noting each call that is made inside `noting`.
    public static Cloud noted(Cloud driver) {
        return (Cloud) Proxy.newProxyInstance(
                Cloud.class.getClassLoader(), new Class<?>[] {Cloud.class}, (proxy, method, arguments) -> {
                    long begun = System.nanoTime();
                    try {
                        return method.invoke(driver, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        note(method, arguments, System.nanoTime() - begun);
                    }
                });
    }

    /// Does the work, and adds the calls it makes to `made`.
    public static <T> T noting(List<String> made, Supplier<T> work) {
        return ScopedValue.where(MADE, made).call(work::get);
    }

    private static void note(Method method, Object @Nullable [] arguments, long nanos) {
        if (!MADE.isBound()) return;
        var name = arguments == null
                ? Optional.<String>empty()
                : Arrays.stream(arguments)
                        .filter(Objects::nonNull)
                        .map(Calls::name)
                        .flatMap(Optional::stream)
                        .findFirst();
        MADE.get()
                .add(method.getName() + name.map(" "::concat).orElse("") + ", " + TimeUnit.NANOSECONDS.toMillis(nanos)
                        + " ms");
    }

    private static Optional<String> name(Object argument) {
        return switch (argument) {
            case String name -> Optional.of(name);
            case DatabaseSpec desired -> Optional.of(desired.name());
            case ContainerSpec desired -> Optional.of(desired.name());
            default -> Optional.empty();
        };
    }
}
