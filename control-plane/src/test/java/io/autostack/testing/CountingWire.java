package io.autostack.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// Stands between the control plane and PostgreSQL, and counts how often an answer is waited for: a message `Sync` or
/// `Query` ends what is asked at once.
final class CountingWire implements AutoCloseable {

    private static final int SSL = 80_877_103;
    private static final int GSS = 80_877_104;

    private final ServerSocket door;
    private final int server;
    private final AtomicLong roundTrips = new AtomicLong();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /// @param server the port of the real one
    CountingWire(int server) {
        this.server = server;
        try {
            door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("counting-wire").start(this::welcome);
    }

    int port() {
        return door.getLocalPort();
    }

    long roundTrips() {
        return roundTrips.get();
    }

    /// What was executed since somebody asked last.
    List<String> heard() {
        var since = new ArrayList<String>();
        for (var next = heard.poll(); next != null; next = heard.poll()) since.add(next);
        return since;
    }

    @Override
    public void close() {
        close(door);
        for (var socket : sockets) close(socket);
    }

    private void welcome() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                var there = new Socket(InetAddress.getLoopbackAddress(), server);
                for (var socket : List.of(client, there)) {
                    socket.setTcpNoDelay(true);
                    sockets.add(socket);
                }
                Thread.ofVirtual().name("counting-wire-there").start(() -> pass(client, there, this::count));
                Thread.ofVirtual().name("counting-wire-back").start(() -> pass(there, client, CountingWire::hand));
            } catch (IOException _) {
                // the next accept tells whether the door is
            }
        }
    }

    private interface Talk {
        void from(Socket from, Socket to) throws IOException;
    }

    private static void pass(Socket from, Socket to, Talk talk) {
        try {
            talk.from(from, to);
        } catch (IOException _) {
            // one side went away; the other one follows
        } finally {
            close(from);
            close(to);
        }
    }

    private static void hand(Socket from, Socket to) throws IOException {
        from.getInputStream().transferTo(to.getOutputStream());
    }

    private void count(Socket from, Socket to) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(from.getInputStream(), 1 << 16));
        var out = new DataOutputStream(new BufferedOutputStream(to.getOutputStream(), 1 << 16));
        begin(in, out);
        var statements = new HashMap<String, String>();
        while (true) {
            int type = in.read();
            if (type < 0) return;
            int length = in.readInt();
            var body = in.readNBytes(length - Integer.BYTES);
            hear((char) type, ByteBuffer.wrap(body), statements);
            out.write(type);
            out.writeInt(length);
            out.write(body);
            if (in.available() == 0) out.flush();
        }
    }

    private void hear(char type, ByteBuffer body, Map<String, String> statements) {
        switch (type) {
            case 'P' -> statements.put(text(body), text(body));
            case 'B' -> {
                text(body);
                heard.add(statements.getOrDefault(text(body), "?"));
            }
            case 'Q' -> heard.add(text(body));
            default -> {}
        }
        if (type == 'S' || type == 'Q') {
            heard.add("--");
            roundTrips.incrementAndGet();
        }
    }

    private static String text(ByteBuffer body) {
        int from = body.position();
        while (body.get() != 0) {}
        return new String(body.array(), from, body.position() - from - 1, StandardCharsets.UTF_8)
                .strip()
                .replaceAll("\\s+", " ");
    }

    /// The first message has no type, and questions about encryption may come before it.
    private static void begin(DataInputStream in, DataOutputStream out) throws IOException {
        int version;
        do {
            int length = in.readInt();
            version = in.readInt();
            out.writeInt(length);
            out.writeInt(version);
            out.write(in.readNBytes(length - 2 * Integer.BYTES));
            out.flush();
        } while (version == SSL || version == GSS);
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception _) {
            // then it is closed
        }
    }
}
