package io.autostack.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A small name server on loopback that answers questions for TXT records over UDP, as tests tell it to.
public final class NameServer {

    private static final int TXT = 16;
    private static final int SERVER_FAILURE = 2;
    private static final int NO_SUCH_NAME = 3;
    private static final NameServer RUNNING = new NameServer();

    private final Map<String, List<String>> texts = new ConcurrentHashMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final DatagramSocket socket;

    private NameServer() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("name-server").start(this::serve);
    }

    /// The one for all tests.
    public static NameServer running() {
        return RUNNING;
    }

    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /// From now on the name has these texts.
    public void say(String name, String... values) {
        failing.remove(name);
        texts.put(name, List.of(values));
    }

    /// From now on questions about the name meet a failure.
    public void fail(String name) {
        failing.add(name);
    }

    private void serve() {
        var buffer = new byte[4096];
        try {
            while (!socket.isClosed()) {
                var question = new DatagramPacket(buffer, buffer.length);
                socket.receive(question);
                var answer = answer(ByteBuffer.wrap(buffer, 0, question.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Header, the question as it came, and a record for each text (RFC 1035).
    private byte[] answer(ByteBuffer question) throws IOException {
        short id = question.getShort(0);
        question.position(12);
        var name = name(question);
        int type = question.getShort();
        int end = question.position() + 2;
        var found = type == TXT ? texts.getOrDefault(name, List.of()) : List.<String>of();
        var code = failing.contains(name) ? SERVER_FAILURE : texts.containsKey(name) ? 0 : NO_SUCH_NAME;
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeShort(id);
        out.writeShort(0x8580 | code);
        out.writeShort(1);
        out.writeShort(code == 0 ? found.size() : 0);
        out.writeInt(0);
        out.write(question.array(), 12, end - 12);
        if (code == 0)
            for (var text : found) {
                var value = text.getBytes(StandardCharsets.US_ASCII);
                out.writeShort(0xc00c);
                out.writeShort(TXT);
                out.writeShort(1);
                out.writeInt(0);
                out.writeShort(value.length + 1);
                out.writeByte(value.length);
                out.write(value);
            }
        return bytes.toByteArray();
    }

    private static String name(ByteBuffer question) {
        var name = new StringBuilder();
        for (int length = question.get(); length > 0; length = question.get()) {
            var label = new byte[length];
            question.get(label);
            if (!name.isEmpty()) name.append('.');
            name.append(new String(label, StandardCharsets.US_ASCII));
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
