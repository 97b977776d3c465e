package io.autostack.kill;

import io.autostack.testing.PostgresProxy;

/// Holds the message that must not happen: whoever sent it waits for an answer until it is killed.
final class Wire implements AutoCloseable {

    private final PostgresProxy proxy;

    /// @param server the port of the real one
    Wire(Gate gate, int server) {
        proxy = new PostgresProxy(server, startup -> {
            var frontend = new Frontend(gate::named, startup);
            return (type, body) -> frontend.hear(type, body)
                    .filter(event -> !gate.mayHappen(event))
                    .isEmpty();
        });
    }

    int port() {
        return proxy.port();
    }

    /// Ends all connections, on both sides: the process behind them is dead.
    void drop() {
        proxy.drop();
    }

    @Override
    public void close() {
        proxy.close();
    }
}
