package io.autostack.pluginhost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import org.jboss.logging.Logger;

/// Empty folders for one process, gone with it.
record Workspace(Path folder) implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Workspace.class);

    static Workspace make() throws IOException {
        var workspace =
                new Workspace(Files.createTempDirectory("autostack-plugin-").toRealPath());
        // Whom root steps down to must come through, and may not look around.
        Files.setPosixFilePermissions(workspace.folder(), PosixFilePermissions.fromString("rwx--x--x"));
        Files.createDirectory(workspace.work());
        Files.createDirectory(workspace.tmp());
        Files.createDirectory(workspace.root());
        return workspace;
    }

    Path work() {
        return folder.resolve("work");
    }

    Path tmp() {
        return folder.resolve("tmp");
    }

    /// Where a caged process's file system is mounted; stays empty as seen from here.
    Path root() {
        return folder.resolve("root");
    }

    /// A plugin may have made what cannot be deleted; that must not turn its answer into an error.
    @Override
    public void close() {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf(e, "%s could not be deleted", folder);
        }
    }
}
