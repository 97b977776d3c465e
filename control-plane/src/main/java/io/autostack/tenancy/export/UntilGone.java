package io.autostack.tenancy.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Takes no more once the caller has gone away: what is under it would swallow everything without a word. Knows
/// whether a caller who is still there takes too long.
final class UntilGone extends FilterOutputStream {

    private final BooleanSupplier gone;
    private final LongSupplier nanos;
    private final long end;
    private final Duration rest;
    private volatile long waitsSince;
    private volatile boolean waits;

    /// @param nanos a clock that only goes forward
    UntilGone(OutputStream out, BooleanSupplier gone, LongSupplier nanos, Duration within, Duration rest) {
        super(out);
        this.gone = gone;
        this.nanos = nanos;
        this.end = nanos.getAsLong() + within.toNanos();
        this.rest = rest;
    }

    /// Time in which there is nothing to take does not count as rest.
    boolean isTooSlow() {
        long now = nanos.getAsLong();
        return now - end > 0 || waits && now - waitsSince > rest.toNanos();
    }

    @Override
    public void write(int letter) throws IOException {
        write(new byte[] {(byte) letter}, 0, 1);
    }

    @Override
    public void write(byte[] text, int offset, int length) throws IOException {
        handOut(() -> out.write(text, offset, length));
    }

    @Override
    public void flush() throws IOException {
        handOut(out::flush);
    }

    private interface HandingOut {
        void run() throws IOException;
    }

    private void handOut(HandingOut what) throws IOException {
        if (gone.getAsBoolean()) throw new IOException("the caller has gone away");
        if (nanos.getAsLong() - end > 0) throw new IOException("the export took too long");
        waitsSince = nanos.getAsLong();
        waits = true;
        try {
            what.run();
        } finally {
            waits = false;
        }
    }
}
