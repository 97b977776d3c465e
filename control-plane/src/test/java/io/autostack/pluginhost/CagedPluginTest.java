package io.autostack.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.pluginhost.PluginAnswer.Barred;
import io.autostack.pluginhost.PluginAnswer.Described;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What code inside a cage finds when it looks for a way out. It looks, and changes nothing.
@Tag("plugin-process")
class CagedPluginTest extends AskedInCage {

    @Test
    void s30_nothing_of_the_machine_can_be_opened_for_writing() throws IOException {
        assertThat(asking.summary("""
                var opened = new ArrayList<String>();
                for (var file : List.of(
                        "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe",
                        "/proc/sys/vm/overcommit_memory", "/proc/sysrq-trigger", "/proc/kcore",
                        "/proc/self/oom_score_adj", "/proc/self/uid_map", "/proc/self/mem", "/proc/1/mem",
                        "/proc/1/root/etc/passwd", "/sys/kernel/uevent_helper", "/sys/fs/cgroup/cgroup.procs",
                        "/dev/kmsg", "/dev/tty", "/etc/passwd", "/jdk/bin/java",
                        "/jars/runner.jar", "/jars/plugin.jar"))
                    try { new java.io.RandomAccessFile(file, "rw").close(); opened.add(file); }
                    catch (java.io.IOException _) { }
                return plain("opened " + opened);""")).isEqualTo("opened []");
    }

    @Test
    void s30_what_no_jvm_needs_is_not_there() throws IOException {
        assertThat(asking.summary("""
                var there = new ArrayList<String>();
                for (var path : List.of("/sys", "/proc/sys", "/proc/bus", "/proc/irq", "/proc/kmsg", "/bin/sh",
                        "/usr/bin", "/home", "/root", "/run", "/var", "/mnt"))
                    if (new java.io.File(path).exists()) there.add(path);
                return plain("there " + there);""")).isEqualTo("there []");
    }

    /// A root in a user namespace is still root for `/proc/sys` unless the namespace maps it to somebody else.
    @Test
    void s30_a_plugin_is_nobody_on_the_machine_even_when_the_platform_is_root() throws IOException {
        var mapped = asking.summary("""
                return plain(String.join(",", java.nio.file.Files.readString(java.nio.file.Path.of(
                        "/proc/self/uid_map")).strip().split("\\\\s+")));""");

        assertThat(mapped).startsWith("0,").endsWith(",1").isNotEqualTo("0,0,1");
    }

    @Test
    void s30_a_plugin_has_no_capability_and_cannot_gain_one() throws IOException {
        assertThat(asking.summary("""
                return plain(String.join(" ", java.nio.file.Files.readAllLines(java.nio.file.Path.of(
                        "/proc/self/status")).stream().filter(line -> line.matches("(Cap...|NoNewPrivs):.*"))
                        .map(line -> line.replaceAll("\\\\s+", "")).toList()));"""))
                .isEqualTo("CapInh:0000000000000000 CapPrm:0000000000000000 CapEff:0000000000000000"
                        + " CapBnd:0000000000000000 CapAmb:0000000000000000 NoNewPrivs:1");
    }

    @Test
    void s30_a_plugin_sees_no_process_but_its_own() throws IOException {
        assertThat(asking.summary("return plain(\"seen \" + (ProcessHandle.allProcesses().count() <= 2));"))
                .isEqualTo("seen true");
    }

    @Test
    void s30_what_a_plugin_writes_cannot_be_run() throws IOException {
        assertThat(asking.summary("""
                var copy = java.nio.file.Path.of("/tmp/program");
                java.nio.file.Files.copy(java.nio.file.Path.of("/jars/setpriv"), copy);
                copy.toFile().setExecutable(true);
                try { new ProcessBuilder(copy.toString(), "--version").start(); return plain("ran"); }
                catch (java.io.IOException e) { return plain("refused"); }""")).isEqualTo("refused");
    }

    @Test
    void s30_root_may_keep_jars_where_only_root_can_read_them() throws IOException {
        var closed = Files.createDirectory(
                folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var jar = Files.copy(PluginJars.nextJs(), closed.resolve("plugin.jar"));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-------"));

        assertThat(RUNNER.describe(Asking.stranger(jar))).isInstanceOf(Described.class);
    }

    /// A java that is a shell script cannot be run where there is no shell: as good as a machine without
    /// namespaces.
    @Test
    void s30_where_no_cage_can_be_had_strangers_are_refused_and_our_own_are_asked() throws IOException {
        var java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(
                java, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(Path.of(System.getProperty("java.home"), "bin/java")));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        var uncaged = new PluginRunner(new PluginRunnerTest.Settings(
                PluginJars.runner(), Optional.empty(), Optional.of(java), Duration.ofSeconds(60), 2, 2, 16));
        var jar = PluginJars.nextJs();

        assertThat(uncaged.isolation()).isEqualTo(Isolation.NONE);
        assertThat(uncaged.describe(Asking.stranger(jar)))
                .isInstanceOfSatisfying(
                        Barred.class, barred -> assertThat(barred.reason()).contains("cannot lock such code in"));
        assertThat(uncaged.describe(Inquiry.bundled(jar))).isInstanceOf(Described.class);
    }
}
