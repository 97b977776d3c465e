package io.autostack.local.postgres;

import java.nio.file.Path;

/// A process of its own which starts a server, says its pid, and waits for its end.
final class OwnerThatGetsKilled {

    private OwnerThatGetsKilled() {}

    public static void main(String[] homeAndPrograms) throws Exception {
        var server = PostgresServer.start(Path.of(homeAndPrograms[0]), Path.of(homeAndPrograms[1]));
        System.out.println(server.pid());
        Thread.sleep(Long.MAX_VALUE);
    }
}
