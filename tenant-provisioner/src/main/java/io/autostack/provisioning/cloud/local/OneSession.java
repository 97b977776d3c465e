package io.autostack.provisioning.cloud.local;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/// Hands out one session again and again. Flyway asks for two, one for a migration and one for its history, and commits
/// one after the other: a crash in between would leave a change that nobody knows of and that cannot be made twice. In
/// one session both are one transaction.
final class OneSession {

    private OneSession() {}

    /// @param session stays open; whoever opened it closes it
    static DataSource of(Connection session) {
        var kept = proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) return null;
            try {
                return method.invoke(session, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        });
        return proxy(
                DataSource.class,
                (proxy, method, arguments) ->
                        method.getName().equals("getConnection") ? kept : method.invoke(session, arguments));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(OneSession.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
