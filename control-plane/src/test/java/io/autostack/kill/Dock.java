package io.autostack.kill;

import io.autostack.kill.Frontend.Event;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// Stands between the control plane and the Docker engine: each request that changes something and names a target is a
/// crossing, as a write in the database is.
final class Dock implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding: *chunked");
    private static final Pattern MADE = Pattern.compile("\"Id\":\"([0-9a-f]{64})\"");

    private final ServerSocketChannel door;
    private final Gate gate;
    private final Path engine;
    private final List<SocketChannel> channels = new CopyOnWriteArrayList<>();

    /// @param engine the real one's socket
    Dock(Gate gate, Path engine) {
        this.gate = gate;
        this.engine = engine;
        try {
            door = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("dock").start(this::welcome);
    }

    int port() {
        return door.socket().getLocalPort();
    }

    /// Ends all connections, on both sides: the process behind them is dead.
    void drop() {
        for (var channel : channels) close(channel);
        channels.clear();
    }

    @Override
    public void close() {
        close(door);
        drop();
    }

    private void welcome() {
        while (door.isOpen()) {
            try {
                var client = door.accept();
                var there = SocketChannel.open(UnixDomainSocketAddress.of(engine));
                channels.addAll(List.of(client, there));
                var making = new Making();
                Thread.ofVirtual()
                        .name("dock-there")
                        .start(() -> pass(client, there, () -> speak(client, there, making)));
                Thread.ofVirtual()
                        .name("dock-back")
                        .start(() -> pass(client, there, () -> answer(there, client, making)));
            } catch (IOException _) {
                // the next accept tells whether the door is
            }
        }
    }

    /// Whose container the request that waits for its answer is about.
    private static final class Making {
        private volatile Set<Target> targets = Set.of();
    }

    private interface Talk {
        void run() throws IOException;
    }

    private void pass(SocketChannel client, SocketChannel there, Talk talk) {
        try {
            talk.run();
        } catch (IOException _) {
            // one side went away; the other one follows
        } finally {
            close(client);
            close(there);
            channels.removeAll(List.of(client, there));
        }
    }

    private void speak(SocketChannel from, SocketChannel to, Making making) throws IOException {
        var in = new BufferedInputStream(Channels.newInputStream(from));
        var out = Channels.newOutputStream(to);
        while (true) {
            var head = line(in, "\r\n\r\n");
            if (head.length == 0) return;
            var text = new String(head, StandardCharsets.ISO_8859_1);
            var request = text.substring(0, text.indexOf(" HTTP/"));
            var targets = gate.named(request.getBytes(StandardCharsets.ISO_8859_1));
            if (!request.startsWith("GET ") && !request.startsWith("HEAD ") && !targets.isEmpty()) {
                if (!gate.mayHappen(new Event.Crossing(targets, "engine: " + request, false, false))) {
                    while (in.read() >= 0) {}
                    return;
                }
                making.targets = targets;
            }
            out.write(head);
            body(text, in, out);
            out.flush();
        }
    }

    private static void body(String head, InputStream in, OutputStream out) throws IOException {
        var length = LENGTH.matcher(head);
        if (length.find()) copy(in, out, Integer.parseInt(length.group(1)));
        if (!CHUNKED.matcher(head).find()) return;
        for (int size = -1; size != 0; ) {
            var line = line(in, "\r\n");
            out.write(line);
            size = Integer.parseInt(
                    new String(line, StandardCharsets.ISO_8859_1).strip().split(";", 2)[0], 16);
            copy(in, out, size + 2);
        }
    }

    private static void answer(SocketChannel from, SocketChannel to, Making making) throws IOException {
        var in = Channels.newInputStream(from);
        var out = Channels.newOutputStream(to);
        var buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            var made = MADE.matcher(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
            if (made.find()) for (var target : making.targets) target.add(made.group(1));
            out.write(buffer, 0, read);
        }
    }

    /// Up to and with its end; empty when nothing comes any more.
    private static byte[] line(InputStream in, String end) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n' && line.toString(StandardCharsets.ISO_8859_1).endsWith(end)) return line.toByteArray();
        }
        return new byte[0];
    }

    private static void copy(InputStream in, OutputStream out, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) throw new EOFException();
        out.write(bytes);
    }

    private static void close(AutoCloseable channel) {
        try {
            channel.close();
        } catch (Exception _) {
            // then it is closed
        }
    }
}
