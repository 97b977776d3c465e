package io.autostack.provisioning.cloud.local;

import io.autostack.local.postgres.PostgresServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Data directories of dedicated clusters on this machine's disk, whether they are written down or not: half a copy,
/// half a removal, or one whose row is lost.
@ApplicationScoped
class ClusterFolders {

    private final Path folder;
    private final Optional<Path> programs;

    @Inject
    ClusterFolders(
            @ConfigProperty(name = "autostack.home") Path home,
            @ConfigProperty(name = "autostack.cloud.local.programs") Optional<Path> programs) {
        this.folder = home.toAbsolutePath().normalize().resolve("clusters");
        this.programs = programs;
    }

    /// All whose name begins with the tenant's id.
    List<String> names(UUID tenant) {
        if (!Files.isDirectory(folder)) return List.of();
        try (var all = Files.list(folder)) {
            return all.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.startsWith(tenant.toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of dedicated clusters cannot be read", e);
        }
    }

    void remove(UUID tenant) {
        for (var name : names(tenant))
            try {
                var left = folder.resolve(name);
                programs.ifPresent(binaries -> PostgresServer.stopOrphan(left, binaries));
                PreparedCluster.delete(left);
            } catch (IOException e) {
                throw new UncheckedIOException("the folder " + name + " cannot be removed", e);
            }
    }
}
