package io.autostack.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// TCP ports of the loopback address.
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int LAST = 29_999;
    private static final Duration FOR_THE_DEAD = Duration.ofSeconds(2);

    private Ports() {}

    /// A free port below the range from which outgoing connections take theirs, so that it is still free
    /// after a restart.
    public static int free() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isFree(port)) return port;
        }
        throw new StartFailed("no free TCP port between " + FIRST + " and " + LAST + " on 127.0.0.1");
    }

    /// The same a moment later: a process that was killed holds its port until the last of its threads is
    /// gone.
    public static boolean becomesFree(int port) {
        long end = System.nanoTime() + FOR_THE_DEAD.toNanos();
        while (!isFree(port)) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) return false;
            LockSupport.parkNanos(20_000_000);
        }
        return true;
    }

    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
