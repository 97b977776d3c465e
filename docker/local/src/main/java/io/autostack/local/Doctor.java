package io.autostack.local;

import io.autostack.local.process.Ports;
import io.autostack.local.process.Running;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/// `doctor`: what this machine can do, and what will only be simulated on it.
///
/// @param home the installation
record Doctor(Path home) {

    private static final String ROW = "%-10s %-5s %s";
    private static final long ENOUGH_DISK = 2_000_000_000L;

    /// What was found about one thing.
    private record Finding(String about, boolean good, boolean needed, String says) {}

    /// 1 when something that is needed is missing.
    int print(Consumer<String> say) {
        boolean healthy = true;
        var settings = Settings.usual();
        var findings = new Finding[] {
            user(),
            jdk(),
            postgres(),
            port(settings.portalPort(), "portal and API", Run.CONTROL_PLANE),
            port(settings.identityPort(), "identity provider", "identity"),
            port(settings.tenantPort(), "tenant application", Run.REFERENCE_APP),
            disk(),
            docker(System.getenv()),
            aws(System.getenv())
        };
        for (var finding : findings) {
            var verdict = finding.good() ? "ok" : finding.needed() ? "BAD" : "-";
            say.accept(ROW.formatted(finding.about(), verdict, finding.says()));
            healthy &= finding.good() || !finding.needed();
        }
        return healthy ? 0 : 1;
    }

    private static Finding user() {
        boolean root = System.getProperty("user.name").equals("root");
        return new Finding(
                "user",
                !root,
                false,
                root
                        ? "AutoStack would run as root: whoever finds a hole in it owns this machine; run it as a user"
                                + " of its own"
                        : "an ordinary user: " + System.getProperty("user.name"));
    }

    private static Finding jdk() {
        boolean good = Runtime.version().feature() >= 25;
        return new Finding(
                "JDK",
                good,
                true,
                Runtime.version() + " at " + System.getProperty("java.home") + (good ? "" : "; install 25"));
    }

    private static Finding postgres() {
        var given = System.getenv("AUTOSTACK_DB_URL");
        if (given != null) return new Finding("database", true, true, "AUTOSTACK_DB_URL is set: " + given);
        var chip = System.getProperty("os.arch");
        boolean good =
                System.getProperty("os.name").equals("Linux") && (chip.equals("amd64") || chip.equals("aarch64"));
        return new Finding(
                "database",
                good,
                true,
                good
                        ? "embedded PostgreSQL, a real one"
                        : "no embedded PostgreSQL for " + System.getProperty("os.name") + " " + chip
                                + ": set AUTOSTACK_DB_URL");
    }

    private Finding port(int port, String purpose, String holder) {
        if (Running.find(home, holder).isPresent())
            return new Finding("port " + port, true, true, purpose + ": AutoStack itself listens there");
        boolean free = Ports.isFree(port);
        return new Finding("port " + port, free, true, purpose + (free ? ": free" : ": taken by another program"));
    }

    private Finding disk() {
        try {
            var place = home;
            while (!Files.exists(place)) place = place.resolve("..").normalize();
            long free = Files.getFileStore(place).getUsableSpace();
            return new Finding("disk", free > ENOUGH_DISK, true, free / 1_000_000_000 + " GB free for " + home);
        } catch (IOException e) {
            return new Finding("disk", false, true, "cannot look at " + home + ": " + e.getMessage());
        }
    }

    private static Finding docker(Map<String, String> environment) {
        var address = environment.getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
        boolean good = engineAnswers(address);
        return new Finding(
                "Docker",
                good,
                false,
                good
                        ? "an engine answers at " + address + ": containers are real"
                        : "no engine answers at " + address + ": containers are simulated, and every page says so");
    }

    private static boolean engineAnswers(String address) {
        try (var channel = open(address)) {
            channel.write(
                    ByteBuffer.wrap("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            var answer = ByteBuffer.allocate(64);
            channel.read(answer);
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII).contains(" 200 ");
        } catch (IOException | IllegalArgumentException _) {
            return false;
        }
    }

    private static SocketChannel open(String address) throws IOException {
        var uri = URI.create(address);
        SocketAddress where = address.startsWith("unix:")
                ? UnixDomainSocketAddress.of(uri.getPath())
                : new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 2375 : uri.getPort());
        var channel =
                address.startsWith("unix:") ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        channel.connect(where);
        return channel;
    }

    /// Looks only whether somebody configured an identity; nothing is asked of AWS.
    private static Finding aws(Map<String, String> environment) {
        for (var sign : new String[] {
            "AWS_ACCESS_KEY_ID",
            "AWS_PROFILE",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI"
        })
            if (environment.containsKey(sign))
                return new Finding("AWS", true, false, sign + " is set; it is used with autostack.cloud=aws only");
        var files = Path.of(System.getProperty("user.home"), ".aws");
        if (Files.exists(files.resolve("credentials")) || Files.exists(files.resolve("config")))
            return new Finding("AWS", true, false, files + " is there; it is used with autostack.cloud=aws only");
        return new Finding(
                "AWS",
                false,
                false,
                "no identity is configured; with autostack.cloud=local none is needed: tenant databases are made on the"
                        + " PostgreSQL server above");
    }
}
