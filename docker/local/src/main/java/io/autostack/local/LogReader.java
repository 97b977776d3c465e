package io.autostack.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads a log from its end, and on while it grows.
final class LogReader {

    private static final int LAST = 64_000;

    private final Path file;
    private long at;

    LogReader(Path file) {
        this.file = file;
    }

    void skipToEnd() {
        at = size();
    }

    /// The last lines there are now.
    List<String> lastLines(int max) {
        at = Math.max(0, size() - LAST);
        var lines = newLines();
        return lines.subList(Math.max(0, lines.size() - max), lines.size());
    }

    /// Complete lines written since the last run.
    List<String> newLines() {
        // A log that shrank was begun anew.
        if (size() < at) at = 0;
        if (size() == at) return List.of();
        try (var open = new RandomAccessFile(file.toFile(), "r")) {
            open.seek(at);
            var bytes = new byte[(int) Math.min(open.length() - at, 1_000_000)];
            open.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') end--;
            at += end;
            return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long size() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
