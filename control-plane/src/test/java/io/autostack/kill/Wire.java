package io.autostack.kill;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Stands between the control plane and PostgreSQL, and holds the message that must not happen: whoever sent it waits
/// for an answer until it is killed.
final class Wire implements AutoCloseable {

    private static final int SSL = 80_877_103;
    private static final int GSS = 80_877_104;

    private final ServerSocket door;
    private final Gate gate;
    private final int server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /// @param server the port of the real one
    Wire(Gate gate, int server) {
        this.gate = gate;
        this.server = server;
        try {
            door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("wire").start(this::welcome);
    }

    int port() {
        return door.getLocalPort();
    }

    /// Ends all connections, on both sides: the process behind them is dead.
    void drop() {
        for (var socket : sockets) close(socket);
        sockets.clear();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException _) {
            // then it is closed
        }
        drop();
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
                Thread.ofVirtual().name("wire-there").start(() -> pass(client, there, () -> speak(client, there)));
                Thread.ofVirtual().name("wire-back").start(() -> pass(client, there, () -> answer(there, client)));
            } catch (IOException _) {
                // the next accept tells whether the door is
            }
        }
    }

    private interface Talk {
        void run() throws IOException;
    }

    private void pass(Socket client, Socket there, Talk talk) {
        try {
            talk.run();
        } catch (IOException _) {
            // one side went away; the other one follows
        } finally {
            close(client);
            close(there);
            sockets.removeAll(List.of(client, there));
        }
    }

    private static void answer(Socket from, Socket to) throws IOException {
        from.getInputStream().transferTo(to.getOutputStream());
    }

    private void speak(Socket from, Socket to) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(from.getInputStream(), 1 << 16));
        var out = new DataOutputStream(new BufferedOutputStream(to.getOutputStream(), 1 << 16));
        var frontend = new Frontend(gate::named, startup(in, out));
        while (true) {
            int type = in.read();
            if (type < 0) return;
            int length = in.readInt();
            var body = in.readNBytes(length - 4);
            if (frontend.hear((char) type, body)
                    .filter(event -> !gate.mayHappen(event))
                    .isPresent()) {
                untilDropped(in);
                return;
            }
            out.write(type);
            out.writeInt(length);
            out.write(body);
            flushIfQuiet(in, out);
        }
    }

    /// The first message has no type, and questions about encryption may come before it.
    private static byte[] startup(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            int length = in.readInt();
            int version = in.readInt();
            var rest = in.readNBytes(length - 8);
            out.writeInt(length);
            out.writeInt(version);
            out.write(rest);
            out.flush();
            if (version != SSL && version != GSS) return rest;
        }
    }

    private static void untilDropped(InputStream in) throws IOException {
        while (in.read() >= 0) {}
    }

    private static void flushIfQuiet(InputStream in, OutputStream out) throws IOException {
        if (in.available() == 0) out.flush();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // then it is closed
        }
    }
}
