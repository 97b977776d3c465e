package io.autostack.local.postgres;

import io.autostack.local.process.ProgramCopy;
import io.autostack.local.process.StartFailed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// The programs `initdb`, `pg_ctl` and `postgres`, unpacked into a folder; several clusters may share one.
///
/// @param folder holds `bin`, `lib` and `share`
public record PostgresBinaries(Path folder) {

    public static final String VERSION = "18.6.0";

    /// Unpacks the programs below `home`, unless they are there already.
    public static PostgresBinaries under(Path home) {
        var folder = folder(home);
        try {
            if (!Files.isDirectory(folder)) unpack(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack PostgreSQL to " + folder, e);
        }
        return new PostgresBinaries(folder);
    }

    /// Has those below `home` that are unpacked below `unpacked`, if there are some: they never change, and who has
    /// them need not unpack them.
    public static void take(Path unpacked, Path home) {
        var from = folder(unpacked);
        if (Files.isDirectory(from) && !Files.isDirectory(folder(home)))
            ProgramCopy.make(from, folder(home), file -> true);
    }

    private static Path folder(Path home) {
        return home.toAbsolutePath().normalize().resolve("pg-" + VERSION);
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    /// Into a temporary folder first: what carries the final name is always complete.
    private static void unpack(Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        var half = Files.createTempDirectory(folder.getParent(), "unpacking-");
        Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive())))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) put(entry, tar, half);
            ProgramCopy.complete(half, folder);
        } catch (IOException e) {
            ProgramCopy.delete(half);
            throw e;
        }
    }

    private static void put(TarArchiveEntry entry, TarArchiveInputStream tar, Path folder) throws IOException {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder))
            throw new IOException("archive entry outside of its folder: " + entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        var executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static InputStream archive() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux") ? "linux" : "other";
        var chip = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var archive = PostgresBinaries.class.getResourceAsStream("/postgres-" + system + "-" + chip + ".txz");
        if (archive == null)
            throw new StartFailed("there is no embedded PostgreSQL for " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch") + ": install PostgreSQL 18 and set AUTOSTACK_DB_URL, "
                    + "AUTOSTACK_DB_ADMIN_USER and AUTOSTACK_DB_ADMIN_PASSWORD");
        return archive;
    }
}
