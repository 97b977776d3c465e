package io.autostack.local.postgres;

import io.autostack.local.process.Command;
import io.autostack.local.process.StartFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The account PostgreSQL runs under: it refuses to run as root, so root has to step down first.
///
/// @param prefix words put before each command
/// @param owner the user id which must own the files, or -1 when files stay as they are
record Account(List<String> prefix, int owner) {

    private static final int NOBODY = 65_534;
    private static final Duration SHORT = Duration.ofSeconds(10);

    static Account forFilesIn(Path home) {
        if (!isRoot()) return new Account(List.of(), -1);
        // In a user namespace of its own root is nobody, yet keeps its access to files.
        if (new Command("unshare", "-U", "true").run(SHORT).succeeded())
            return new Account(List.of("unshare", "-U"), -1);

        var stepDown = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        var canReachHome = new ArrayList<>(stepDown);
        canReachHome.addAll(List.of("test", "-x", home.toString()));
        try {
            Files.setAttribute(home, "unix:uid", NOBODY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (new Command(canReachHome, Map.of()).run(SHORT).succeeded()) return new Account(stepDown, NOBODY);
        throw new StartFailed(
                "PostgreSQL refuses to run as root, and here root can neither use a user namespace "
                        + "(unshare -U) nor step down to an account that reaches " + home
                        + " (setpriv). Run AutoStack as an ordinary user, or set AUTOSTACK_HOME to a folder every user may enter.");
    }

    Command command(List<String> words) {
        var all = new ArrayList<>(prefix);
        all.addAll(words);
        return new Command(all, Map.of());
    }

    /// Hands files over to the account if it is another one than ours.
    void own(Path root) {
        if (owner < 0) return;
        try (var all = Files.walk(root)) {
            for (var path : all.toList()) Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRoot() {
        try {
            var self = Path.of("/proc/self");
            if (Files.exists(self)) return Files.getAttribute(self, "unix:uid").equals(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return System.getProperty("user.name").equals("root");
    }
}
