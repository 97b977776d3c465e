package io.autostack.local;

import io.autostack.local.process.OwnerLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// The JVM's AOT cache of the packaged control plane: its classes as a training run left them, loaded and
/// linked, which a start maps in instead of doing all that again.
///
/// It fits one build and one JVM, whose fingerprint is its name. The JVM looks for itself as well, and
/// starts without a cache that does not fit.
///
/// @param application the folder with `quarkus-run.jar`
public record AotCache(Path application) {

    public AotCache {
        application = application.toAbsolutePath().normalize();
    }

    public boolean isTrained() {
        return Files.isRegularFile(file());
    }

    /// For a JVM that starts the control plane; none as long as nothing was trained.
    public List<String> options() {
        return isTrained() ? List.of("-XX:AOTCache=" + file(), "-Xlog:aot*=error") : List.of();
    }

    /// Makes sure of a cache: starts the control plane once, on a database of its own, and asks it what
    /// people ask first. Needs no network. False when there is none afterwards because another process is
    /// about to make it, or because this user may not write beside the jar.
    public boolean train() {
        return train(List.of());
    }

    /// The same when the processor has nothing better to do.
    boolean trainAside() {
        return train(List.of("nice", "-n", "19"));
    }

    private boolean train(List<String> prefix) {
        if (isTrained()) return true;
        if (!Files.isWritable(application.getParent())) return false;
        try {
            Files.createDirectories(folder());
            var lock = OwnerLock.tryTake(folder().resolve("lock"));
            if (lock.isEmpty()) return false;
            try (var held = lock.get()) {
                removeOthers();
                var fresh = folder().resolve("fresh.aot");
                trainingRun(prefix).write(fresh);
                Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
                return true;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends and removes what a training run left behind whose process was killed.
    void clearAway() {
        if (!Files.isDirectory(folder())) return;
        OwnerLock.tryTake(folder().resolve("lock")).ifPresent(lock -> {
            try (lock) {
                trainingRun(List.of()).clearAway();
            }
        });
    }

    private TrainingRun trainingRun(List<String> prefix) {
        return new TrainingRun(application, folder().resolve("training"), prefix);
    }

    /// They belong to earlier builds, and each takes as much room as the application.
    private void removeOthers() throws IOException {
        try (var old = Files.newDirectoryStream(folder(), "*.aot")) {
            for (var file : old) Files.delete(file);
        }
    }

    private Path folder() {
        return application.resolveSibling("aot");
    }

    private Path file() {
        return folder().resolve(fingerprint() + ".aot");
    }

    /// What the JVM compares as well: itself, its options, and name, size and time of each jar.
    private String fingerprint() {
        try (var files = Files.walk(application)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(AotCache::identity);
            Stream.concat(Stream.of(System.getProperty("java.vm.version"), "" + Jvm.controlPlane()), jars)
                    .forEach(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String identity(Path jar) {
        try {
            return jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
