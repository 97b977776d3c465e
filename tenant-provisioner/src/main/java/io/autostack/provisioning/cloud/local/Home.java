package io.autostack.provisioning.cloud.local;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The folder in which this replica keeps its state, and which of all such folders it is: two machines may have the
/// same name, and a folder may move to a machine with another one.
@ApplicationScoped
class Home {

    private static final String FILE = "home-id";
    private static final int UUID_LENGTH = 36;

    private final Path folder;
    private final UUID id;
    private final String host;

    @Inject
    Home(@ConfigProperty(name = "autostack.home") Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.id = id(this.folder);
        this.host = hostName();
    }

    Path folder() {
        return folder;
    }

    UUID id() {
        return id;
    }

    /// Name of this machine, for people.
    String host() {
        return host;
    }

    /// Whoever comes first chooses it; several may come at once, and the first of them may be killed half-way.
    private static synchronized UUID id(Path folder) {
        var file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            try (var channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                var known = ByteBuffer.allocate(UUID_LENGTH);
                while (known.hasRemaining() && channel.read(known) >= 0) {}
                if (!known.hasRemaining()) return UUID.fromString(new String(known.array(), StandardCharsets.US_ASCII));
                var chosen = UUID.randomUUID();
                var text = StandardCharsets.US_ASCII.encode(chosen + "\n");
                channel.position(0);
                while (text.hasRemaining()) channel.write(text);
                channel.force(true);
                return chosen;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the id of this installation's folder cannot be kept in " + file, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    file + " holds no id; put back the one that provisioning.cluster names, or remove the file if this"
                            + " folder has no dedicated clusters",
                    e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a machine without a name";
        }
    }
}
