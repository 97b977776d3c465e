package io.autostack.pluginhost;

import java.time.Duration;

/// What a plugin may use. The kernel holds each of its processes to this, and all of them together to the
/// number of processes and threads; `ProcessTree` adds up memory and processor time of all.
///
/// @param treeBytes memory of all processes together
/// @param privateBytes what one process may allocate, heap and everything beside it
/// @param mappedBytes addresses of one process; a JVM reserves more than it uses
/// @param tasks processes and threads together
record Limits(
        long treeBytes, long privateBytes, long mappedBytes, int tasks, int openFiles, long fileBytes, Duration wall) {

    /// What a JVM needs to start does not count as the plugin's time.
    private static final Duration GRACE = Duration.ofSeconds(5);

    static Limits of(Duration wall) {
        return new Limits(512L << 20, 384L << 20, 1280L << 20, 48, 256, 16L << 20, wall);
    }

    Duration processorTime() {
        return wall.plus(GRACE);
    }

    /// When the cage ends by itself what nobody ended from outside.
    long secondsInside() {
        return processorTime().toSeconds();
    }

    /// For `prlimit`. A core of one byte is none at all, not even for a program that the kernel would pipe it
    /// to.
    String words() {
        return "--data=" + privateBytes + " --as=" + mappedBytes + " --nproc=" + tasks + " --nofile=" + openFiles
                + " --fsize=" + fileBytes + " --cpu=" + processorTime().toSeconds()
                + " --core=1 --memlock=0 --msgqueue=0";
    }
}
