package io.autostack.attacks;

import io.autostack.testing.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the database server writes down: a line in it stays, whatever becomes of the transaction that wrote it.
final class ServerLog {

    private final Path file;
    private final long from;

    private ServerLog(Path file, long from) {
        this.file = file;
        this.from = from;
    }

    static ServerLog fromNow() throws IOException {
        var file = Server.log();
        return new ServerLog(file, Files.size(file));
    }

    /// Since it was begun.
    List<String> linesWith(String word) throws IOException {
        try (var log = Files.newInputStream(file)) {
            log.skipNBytes(from);
            return new String(log.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(word))
                    .toList();
        }
    }
}
