package io.autostack.provisioning.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.List;
import javax.sql.DataSource;

/// Hands out two sessions that somebody else opens and closes. Flyway asks for two: one for its history first,
/// then one for the migrations. Here they differ in what they may do.
final class TwoSessions {

    private TwoSessions() {}

    /// @param history may write the history and nothing of the tenant's
    /// @param migrations may do what the tenant may
    static DataSource of(Connection history, Connection migrations) {
        var left = new ArrayDeque<>(List.of(kept(history), kept(migrations)));
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("getConnection")) throw new UnsupportedOperationException(method.getName());
            return left.removeFirst();
        });
    }

    private static Connection kept(Connection session) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) return null;
            try {
                return method.invoke(session, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(TwoSessions.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
