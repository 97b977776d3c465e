package io.autostack.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The command that AutoStack's own programs are run with: small heaps, one thread that collects garbage, and an end
/// rather than a long death when memory is gone.
public final class Jvm {

    private Jvm() {}

    /// What compilers took from the C library while they were busy at start goes back to the machine. The AOT cache is
    /// mapped where it was made: its pages stay those of a file and can be shared. Heap, compiled code, stacks and
    /// libraries are still at addresses of chance.
    public static List<String> controlPlane() {
        return with(
                "-Xms32m",
                "-Xmx512m",
                "-XX:TrimNativeHeapInterval=5000",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0");
    }

    /// A few arenas of the C library hold less that nobody uses than one for each thread.
    static Map<String, String> environment() {
        return Map.of("MALLOC_ARENA_MAX", "2");
    }

    /// The launcher in the background, and the reference application.
    static List<String> small() {
        return with("-Xms16m", "-Xmx128m");
    }

    /// The program itself.
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> with(String... memory) {
        var words = new ArrayList<String>();
        words.add(java());
        words.addAll(List.of(memory));
        words.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED"));
        return words;
    }
}
