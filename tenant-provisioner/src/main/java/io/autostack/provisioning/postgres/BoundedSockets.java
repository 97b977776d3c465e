package io.autostack.provisioning.postgres;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// Sockets to PostgreSQL that read no more than a bounded amount of whatever a tenant's database answers: the
/// driver would put a row, an error or a million notices of any size into memory. Named in the connection's
/// properties. What an encrypted connection carries is counted by `BoundedTls`.
public final class BoundedSockets extends SocketFactory {

    @Override
    public Socket createSocket() {
        return new Socket() {
            private @Nullable Answers answers;

            /// One for all who ask: encryption begins in the middle of it.
            @Override
            public synchronized InputStream getInputStream() throws IOException {
                if (answers == null) answers = new Answers(super.getInputStream());
                return answers;
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    /// More than is read.
    static final class TooMuch extends IOException {
        TooMuch(String what, long bytes) {
            super("it answered with " + what + " of " + bytes + " bytes, which is more than is read");
        }
    }

    /// Follows the messages of PostgreSQL's protocol, version 3: a letter, a length of four bytes that counts
    /// itself, and so many bytes less four.
    static final class Answers extends FilterInputStream {

        /// One row of a table that is copied, in bytes: of a text of that size there is a second copy while it
        /// is moved.
        static final long ROW_COPIED = 128L << 20;

        /// One row, and all rows that are held at the same time.
        static final long ROW = 16L << 20;

        static final long ROWS = 64L << 20;

        /// What the driver needs for a row beside its bytes: many small ones take as much memory as a large one.
        static final long EACH_ROW = 64;

        static final long OTHER = 1L << 20;

        /// All notices of one statement.
        static final long NOTICES = 4L << 20;

        private static final int HEADER = 5;

        private int header;
        private int type;
        private long length;
        private long rest;
        private long rows;
        private long notices;
        private boolean begun;
        private boolean encrypted;

        Answers(InputStream from) {
            super(from);
        }

        /// @param begun whether encryption has been agreed on before
        Answers(InputStream from, boolean begun) {
            super(from);
            this.begun = begun;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int max) throws IOException {
            int read = super.read(into, offset, max);
            if (!encrypted) for (int i = offset; i < offset + read; ) i += follow(into[i] & 0xff, offset + read - i);
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            return read(new byte[(int) Math.min(bytes, 8192)], 0, (int) Math.min(bytes, 8192));
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        /// @return how many bytes that was
        private int follow(int next, int there) throws IOException {
            if (rest > 0) {
                int step = (int) Math.min(rest, there);
                rest -= step;
                return step;
            }
            if (!begun) {
                // The answer to the question for encryption is a single letter.
                encrypted = next == 'S';
                if (next == 'N' || encrypted) return encrypted ? there : 1;
                begun = true;
            }
            if (header == 0) {
                type = next;
                length = 0;
            } else length = length << 8 | next;
            if (++header == HEADER) {
                header = 0;
                rest = Math.max(0, length - 4);
                refuseTooMuch();
            }
            return 1;
        }

        private void refuseTooMuch() throws TooMuch {
            switch (type) {
                case 'D' -> {
                    if (rest > ROW) throw new TooMuch("a row", rest);
                    if ((rows += rest + EACH_ROW) > ROWS) throw new TooMuch("rows", rows);
                }
                case 'd' -> {
                    if (rest > ROW_COPIED) throw new TooMuch("a row", rest);
                }
                case 'N', 'A' -> {
                    if ((notices += rest) > NOTICES) throw new TooMuch("notices", notices);
                }
                case 'Z', 's' -> {
                    rows = 0;
                    notices = 0;
                }
                default -> {
                    if (rest > OTHER) throw new TooMuch("a message", rest);
                }
            }
        }
    }
}
