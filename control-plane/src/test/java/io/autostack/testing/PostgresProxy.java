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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Stands between the control plane and PostgreSQL, and shows what the control plane says, message by message. Answers
/// pass as they are.
public final class PostgresProxy implements AutoCloseable {

    private static final int SSL = 80_877_103;
    private static final int GSS = 80_877_104;

    private final ServerSocket listener;
    private final int server;
    private final Conversations conversations;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /// @param server the port of the real one
    public PostgresProxy(int server, Conversations conversations) {
        this.server = server;
        this.conversations = conversations;
        try {
            listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("postgres-proxy").start(this::accept);
    }

    /// Whoever listens to a new connection.
    public interface Conversations {

        /// @param startup what the first message holds
        Conversation begin(byte[] startup);
    }

    /// Whoever listens to one connection.
    public interface Conversation {

        /// @return whether the message may go on; otherwise who sent it waits until the connections are dropped
        boolean hear(char type, byte[] body);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Ends all connections, on both sides.
    public void drop() {
        for (var socket : sockets) close(socket);
        sockets.clear();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException _) {
            // then it is closed
        }
        drop();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                var there = new Socket(InetAddress.getLoopbackAddress(), server);
                for (var socket : List.of(client, there)) {
                    socket.setTcpNoDelay(true);
                    sockets.add(socket);
                }
                Thread.ofVirtual().name("postgres-questions").start(() -> pass(client, there, this::speak));
                Thread.ofVirtual().name("postgres-answers").start(() -> pass(there, client, PostgresProxy::answer));
            } catch (IOException _) {
                // the next accept tells whether the listener is closed
            }
        }
    }

    private interface Direction {
        void pass(Socket from, Socket to) throws IOException;
    }

    private void pass(Socket from, Socket to, Direction direction) {
        try {
            direction.pass(from, to);
        } catch (IOException _) {
            // one side went away; the other one follows
        } finally {
            close(from);
            close(to);
            sockets.removeAll(List.of(from, to));
        }
    }

    private static void answer(Socket from, Socket to) throws IOException {
        from.getInputStream().transferTo(to.getOutputStream());
    }

    private void speak(Socket from, Socket to) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(from.getInputStream(), 1 << 16));
        var out = new DataOutputStream(new BufferedOutputStream(to.getOutputStream(), 1 << 16));
        var conversation = conversations.begin(startup(in, out));
        while (true) {
            int type = in.read();
            if (type < 0) return;
            int length = in.readInt();
            var body = in.readNBytes(length - Integer.BYTES);
            if (!conversation.hear((char) type, body)) {
                while (in.read() >= 0) {}
                return;
            }
            out.write(type);
            out.writeInt(length);
            out.write(body);
            if (in.available() == 0) out.flush();
        }
    }

    /// The first message has no type, and questions about encryption may come before it.
    private static byte[] startup(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            int length = in.readInt();
            int version = in.readInt();
            var rest = in.readNBytes(length - 2 * Integer.BYTES);
            out.writeInt(length);
            out.writeInt(version);
            out.write(rest);
            out.flush();
            if (version != SSL && version != GSS) return rest;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // then it is closed
        }
    }
}
