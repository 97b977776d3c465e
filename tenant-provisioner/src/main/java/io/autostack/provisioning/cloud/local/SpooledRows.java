package io.autostack.provisioning.cloud.local;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Rows of a table between reading and handing out, so that neither a lock nor a session that is in the middle of a
/// statement waits for whoever takes the export: nobody can drop a database of the server meanwhile. The file has no
/// name any more once it is open: a crash leaves nothing.
final class SpooledRows implements AutoCloseable {

    private static final long KEPT_FREE = 256L * 1024 * 1024;

    private final FileChannel file;
    private final long room;
    private long written;

    private SpooledRows(FileChannel file, long room) {
        this.file = file;
        this.room = room;
    }

    static SpooledRows open() throws IOException {
        var path = Files.createTempFile("autostack-export", ".csv");
        try {
            return new SpooledRows(
                    FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE), room(path));
        } finally {
            Files.delete(path);
        }
    }

    private static long room(Path path) throws IOException {
        return Files.getFileStore(path).getUsableSpace() - KEPT_FREE;
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
                written += length;
                if (isWhole()) out.write(text, offset, length);
            }
        };
    }

    boolean isWhole() {
        return written <= room;
    }

    void copyTo(OutputStream out) throws IOException {
        file.position(0);
        Channels.newInputStream(file).transferTo(out);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
