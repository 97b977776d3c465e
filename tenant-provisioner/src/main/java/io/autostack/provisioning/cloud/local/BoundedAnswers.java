package io.autostack.provisioning.cloud.local;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/// Reads no more of an answer than it can be worth: what is in it may come from a tenant's image or container.
final class BoundedAnswers implements DockerHttpClient {

    private static final long MAX_BYTES = 16L * 1024 * 1024;

    private final DockerHttpClient engine;

    BoundedAnswers(DockerHttpClient engine) {
        this.engine = engine;
    }

    @Override
    public Response execute(Request request) {
        return new Bounded(engine.execute(request));
    }

    @Override
    public void close() throws IOException {
        engine.close();
    }

    private static final class Bounded implements Response {

        private final Response whole;
        private final InputStream body;

        Bounded(Response whole) {
            this.whole = whole;
            this.body = new Limited(whole.getBody());
        }

        @Override
        public int getStatusCode() {
            return whole.getStatusCode();
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return whole.getHeaders();
        }

        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public void close() {
            whole.close();
        }
    }

    private static final class Limited extends FilterInputStream {

        private long left = MAX_BYTES;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0) count(1);
            return read;
        }

        @Override
        public int read(byte[] into, int from, int max) throws IOException {
            int read = super.read(into, from, max);
            if (read > 0) count(read);
            return read;
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) throw new IOException("the engine's answer has more than " + MAX_BYTES + " bytes");
        }
    }
}
