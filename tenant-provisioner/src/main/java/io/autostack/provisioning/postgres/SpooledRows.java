package io.autostack.provisioning.postgres;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/// Rows of a table between reading and handing out, so that neither a lock nor a session that is in the middle of a
/// statement waits for whoever takes the export: nobody can drop a database of the server meanwhile. The file has no
/// name any more once it is open: a crash leaves nothing.
final class SpooledRows implements AutoCloseable {

    private static final long KEPT_FREE = 256L * 1024 * 1024;

    /// Others write to the disk as well: how much is free is looked at again after so many bytes.
    private static final long BETWEEN_LOOKS = 16L * 1024 * 1024;

    private final FileChannel file;
    private final FileStore disk;
    private long untilCheck;
    private boolean whole = true;

    private SpooledRows(FileChannel file, FileStore disk) {
        this.file = file;
        this.disk = disk;
    }

    static SpooledRows open() throws IOException {
        var path = Files.createTempFile("autostack-export", ".csv");
        try {
            return new SpooledRows(
                    FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    Files.getFileStore(path.toAbsolutePath().getParent()));
        } finally {
            Files.delete(path);
        }
    }

    /// What does not fit on the disk is left out, and `isWhole` says so: a statement that is broken off in the middle
    /// takes its session with it.
    OutputStream in() {
        return new FilterOutputStream(Channels.newOutputStream(file)) {

            @Override
            public void write(int letter) throws IOException {
                write(new byte[] {(byte) letter}, 0, 1);
            }

            @Override
            public void write(byte[] text, int offset, int length) throws IOException {
                if (hasRoomFor(length)) out.write(text, offset, length);
            }
        };
    }

    private boolean hasRoomFor(int length) throws IOException {
        if (whole && (untilCheck -= length) < 0) {
            whole = disk.getUsableSpace() - KEPT_FREE > BETWEEN_LOOKS + length;
            untilCheck = BETWEEN_LOOKS;
        }
        return whole;
    }

    boolean isWhole() {
        return whole;
    }

    /// From the beginning, however often.
    InputStream read() throws IOException {
        file.position(0);
        return Channels.newInputStream(file);
    }

    void copyTo(OutputStream out) throws IOException {
        read().transferTo(out);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
