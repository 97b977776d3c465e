package io.autostack.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// TCP ports of the loopback address.
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int LAST = 29_999;

    private Ports() {}

    /// A free port below the range from which outgoing connections take theirs, so that it is still free after a
    /// restart.
    public static int free() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isFree(port)) return port;
        }
        throw new StartFailed("no free TCP port between " + FIRST + " and " + LAST + " on 127.0.0.1");
    }

    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
