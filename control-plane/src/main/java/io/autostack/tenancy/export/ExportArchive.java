package io.autostack.tenancy.export;

import io.autostack.provisioning.cloud.ExportTarget;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes an archive while it is read: what is held in memory is one line for each file. It is only complete when it is
/// finished; an archive that is left without that cannot be opened.
final class ExportArchive implements ExportTarget {

    private final ZipOutputStream zip;
    private final Instant startedAt;
    private final String version;
    private final List<Manifest.Database> databases = new ArrayList<>();
    private final ArchivePaths paths = new ArchivePaths();
    private List<Manifest.File> files = new ArrayList<>();
    private Database begun = new Database("", true, "", Instant.EPOCH, new Writer.Platform(""));
    private String folder = "";

    /// @param version of the platform
    ExportArchive(OutputStream out, Instant startedAt, String version) {
        this.version = version;
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.zip.setLevel(Deflater.BEST_SPEED);
        this.startedAt = startedAt;
    }

    @Override
    public void begin(Database database) {
        folder = database.own() ? "" : paths.folder("apps/", database.name());
        begun = database;
        files = new ArrayList<>();
    }

    @Override
    public void end(TrialImport trial) {
        databases.add(new Manifest.Database(
                begun.name(),
                !begun.own(),
                begun.server(),
                begun.asOf(),
                switch (begun.structure()) {
                    case Writer.PgDump(var program) -> new Manifest.Structure("pg_dump", program, null);
                    case Writer.Platform(var reason) -> new Manifest.Structure("AutoStack", version, reason);
                },
                switch (trial) {
                    case TrialImport.Equal() -> new Manifest.Import(Manifest.EQUAL, null, List.of());
                    case TrialImport.Different(var differences) ->
                        new Manifest.Import(Manifest.DIFFERENT, null, differences);
                    case TrialImport.NotTried(var reason) -> new Manifest.Import(Manifest.NOT_TRIED, reason, List.of());
                },
                files));
    }

    @Override
    public void add(File file, Content content) throws IOException {
        var path =
                file.name() != null ? folder + file.name() : paths.file(folder + "data/", file.schema(), file.table());
        begin(path);
        var counted = new Counted(zip);
        long rows = content.writeTo(counted);
        zip.closeEntry();
        files.add(new Manifest.File(
                path,
                file.name() == null ? file.schema() : null,
                file.name() == null ? file.table() : null,
                rows,
                counted.bytes,
                counted.sha256()));
    }

    List<Manifest.Database> databases() {
        return databases;
    }

    void finish(byte[] manifest) throws IOException {
        begin("manifest.json");
        zip.write(manifest);
        zip.closeEntry();
        zip.finish();
        zip.flush();
    }

    private void begin(String path) throws IOException {
        var entry = new ZipEntry(path);
        entry.setLastModifiedTime(FileTime.from(startedAt));
        zip.putNextEntry(entry);
    }

    /// Bytes and their SHA-256 on the way through.
    private static final class Counted extends FilterOutputStream {

        private final MessageDigest digest;
        private long bytes;

        Counted(OutputStream out) {
            super(out);
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        @Override
        public void write(int letter) throws IOException {
            write(new byte[] {(byte) letter}, 0, 1);
        }

        @Override
        public void write(byte[] text, int offset, int length) throws IOException {
            out.write(text, offset, length);
            digest.update(text, offset, length);
            bytes += length;
        }

        String sha256() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
