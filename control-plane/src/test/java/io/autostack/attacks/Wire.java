package io.autostack.attacks;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A connection to the control plane that says exactly what it is told to, well-formed or not.
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;

    Wire() throws IOException {
        socket = new Socket("127.0.0.1", RestAssured.port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /// The whole answer to one request, after which the connection ends.
    static String ask(String request) throws IOException {
        return ask(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String ask(byte[] request) throws IOException {
        try (var wire = new Wire()) {
            wire.send(request);
            return wire.answer();
        }
    }

    /// The head of a request that ends its connection.
    static String head(String method, String target, String... headers) {
        return method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + RestAssured.port
                + "\r\nConnection: close\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n");
    }

    void send(String bytes) throws IOException {
        send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /// Everything until the other side ends the connection.
    String answer() throws IOException {
        var all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection is still open after " + all.toString(StandardCharsets.UTF_8), e);
        } catch (IOException _) {
            // An end without ceremony is an end too.
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /// Sends these bytes one by one until the other side has had enough.
    void trickle(byte letter) throws IOException {
        socket.setSoTimeout(200);
        while (true)
            try {
                socket.getOutputStream().write(letter);
                if (socket.getInputStream().read() < 0) return;
            } catch (SocketTimeoutException _) {
                // It waits for more.
            } catch (IOException _) {
                return;
            }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
