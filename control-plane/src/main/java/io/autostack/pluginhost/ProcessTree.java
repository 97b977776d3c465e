package io.autostack.pluginhost;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A process with all that it started, and what they use together.
record ProcessTree(Process root) {

    private static final long TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11;

    /// Of the process, of the kernel for it, and both again of the children that it has waited for.
    private static final int LAST_TIME = USER_TIME + 3;

    /// Also what a process has had moved to disk.
    private static final Pattern MEMORY = Pattern.compile("^Vm(?:RSS|Swap|PTE):\\s*(\\d+) kB", Pattern.MULTILINE);

    /// What one process uses, or several.
    private record Use(long bytes, long ticks) {
        Use plus(Use other) {
            return new Use(bytes + other.bytes, ticks + other.ticks);
        }
    }

    /// Which limit they are beyond, in words; a system without `/proc` tells nothing.
    Optional<String> beyond(Limits limits) {
        var use = all().map(ProcessTree::use).reduce(new Use(0, 0), Use::plus);
        if (use.bytes > limits.treeBytes())
            return Optional.of("more than " + (limits.treeBytes() >> 20) + " MB of memory");
        if (Duration.ofSeconds(use.ticks / TICKS_PER_SECOND).compareTo(limits.processorTime()) > 0)
            return Optional.of(processorTime(limits));
        return Optional.empty();
    }

    static String processorTime(Limits limits) {
        return "more than " + limits.processorTime().toSeconds() + " seconds of processor time";
    }

    /// The kernel ends with the first process of a process namespace everything in it, orphans included.
    void kill() {
        root.descendants().forEach(ProcessHandle::destroyForcibly);
        root.destroyForcibly();
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(root.toHandle()), root.descendants());
    }

    /// Whatever a process calls itself, it is read byte by byte.
    private static Use use(ProcessHandle process) {
        var folder = Path.of("/proc", Long.toString(process.pid()));
        try {
            var stat = Files.readString(folder.resolve("stat"), ISO_8859_1);
            // The name in front may hold blanks and brackets of its own.
            var times = stat.substring(stat.lastIndexOf(')') + 2).split(" ", LAST_TIME + 2);
            long ticks = 0;
            for (int time = USER_TIME; time <= LAST_TIME; time++) ticks += Long.parseLong(times[time]);
            return new Use(memory(Files.readString(folder.resolve("status"), ISO_8859_1)), ticks);
        } catch (IOException _) {
            return new Use(0, 0);
        }
    }

    private static long memory(String status) {
        return MEMORY.matcher(status)
                        .results()
                        .mapToLong(found -> Long.parseLong(found.group(1)))
                        .sum()
                << 10;
    }
}
