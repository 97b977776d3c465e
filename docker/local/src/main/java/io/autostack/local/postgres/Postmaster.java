package io.autostack.local.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The server process as its pid file tells it.
///
/// @param status `starting`, `ready`, `standby` or `stopping`; empty while it is not written yet
record Postmaster(long pid, int port, String status) {

    /// The live server of this data folder. A pid file of a dead process, a zombie or a reused pid is no server.
    static Optional<Postmaster> of(Path data) {
        var lines = pidFile(data);
        if (lines.size() < 4) return Optional.empty();
        try {
            long pid = Long.parseLong(lines.get(0).strip());
            if (!serves(pid, data)) return Optional.empty();
            var status = lines.size() < 8 ? "" : lines.get(7).strip();
            return Optional.of(new Postmaster(pid, Integer.parseInt(lines.get(3).strip()), status));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    boolean ready() {
        return status.equals("ready");
    }

    boolean stopping() {
        return status.equals("stopping");
    }

    /// Whether any process still works in the data folder, for instance a session that outlives a killed server.
    static boolean anybodyWorksIn(Path data) {
        return ProcessHandle.allProcesses().anyMatch(process -> data.equals(workingFolder(process)));
    }

    private static boolean serves(long pid, Path data) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().commandLine())
                .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                .isPresent();
    }

    private static List<String> pidFile(Path data) {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path workingFolder(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
        } catch (IOException _) {
            return Path.of("/");
        }
    }
}
