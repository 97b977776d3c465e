package io.autostack.tenancy.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/// Takes no more once the caller has gone away: what is under it would swallow everything without a word.
final class UntilGone extends FilterOutputStream {

    private final BooleanSupplier gone;

    UntilGone(OutputStream out, BooleanSupplier gone) {
        super(out);
        this.gone = gone;
    }

    @Override
    public void write(int letter) throws IOException {
        stop();
        out.write(letter);
    }

    @Override
    public void write(byte[] text, int offset, int length) throws IOException {
        stop();
        out.write(text, offset, length);
    }

    @Override
    public void flush() throws IOException {
        stop();
        out.flush();
    }

    private void stop() throws IOException {
        if (gone.getAsBoolean()) throw new IOException("the caller has gone away");
    }
}
