package io.autostack.local;

import io.autostack.local.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Servers that the control plane started for single tenants. They outlive it; the launcher ends them.
///
/// @param home the installation
record Clusters(Path home) {

    boolean anyRuns() {
        return all().stream().anyMatch(folder -> PostgresServer.running(folder).isPresent());
    }

    /// One that will not end keeps no other one from ending.
    void stop() {
        var left = new ArrayList<RuntimeException>();
        for (var folder : all())
            try {
                PostgresServer.stopOrphan(folder, Databases.programs(home));
            } catch (RuntimeException e) {
                left.add(e);
            }
        left.stream()
                .reduce((first, next) -> {
                    first.addSuppressed(next);
                    return first;
                })
                .ifPresent(first -> {
                    throw first;
                });
    }

    private List<Path> all() {
        var clusters = home.resolve("clusters");
        if (!Files.isDirectory(clusters)) return List.of();
        try (var folders = Files.list(clusters)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("data")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
