package io.autostack.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.pluginhost.PluginAnswer.Crashed;
import io.autostack.pluginhost.PluginAnswer.TimedOut;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Plugins that take all they can get, by every way there is; what they get is measured by themselves.
@Tag("plugin-process")
class GreedyPluginTest extends AskedInCage {

    @Test
    void s32_buffers_outside_the_heap_are_limited() throws IOException {
        assertThat(got("taken.add(java.nio.ByteBuffer.allocateDirect(1 << 20))", 1500))
                .isLessThan(400);
    }

    /// When a JVM has nothing left for itself, it ends.
    @Test
    void s32_memory_from_the_system_is_limited() throws IOException {
        assertThat(greedy("java.lang.foreign.Arena.global().allocate(1 << 20).fill((byte) 1)", 1500))
                .matches("got [123]?\\d{1,2}|Crashed\\[reason=It ended itself with exit code 1\\.]");
    }

    /// Each stack is a megabyte that counts for the process; 3,000 of them would be 3 GB.
    @Test
    void s32_threads_are_limited() throws IOException {
        assertThat(got(
                        "var thread = new Thread(() -> { try { Thread.sleep(86_399_000); } catch (Exception e) {} });"
                                + "thread.setDaemon(true); thread.start()",
                        3000))
                .isLessThan(48);
    }

    @Test
    void s32_processes_are_limited() throws IOException {
        assertThat(got("child(\"16m\", \"sleep\")", 300)).isLessThan(48);
    }

    @Test
    void s32_no_process_gets_more_memory_than_the_plugin() throws IOException {
        assertThat(asking.summary("return plain(\"ended with \" + child(\"1500m\", \"eat\").waitFor());"))
                .isEqualTo("ended with 1");
    }

    @Test
    void s32_the_memory_of_all_processes_is_added_up() throws IOException {
        var answer = asking.describe(
                "child(\"300m\", \"eat\"); child(\"300m\", \"eat\"); Thread.sleep(86_399_000); return null;");

        assertThat(answer).isEqualTo(new Crashed("It used more than 512 MB of memory."));
    }

    /// Memory that stays when no process has it, or that is another's to count. Numbers of calls that the C
    /// library has no function for depend on the processor.
    @Test
    void s32_memory_that_counts_for_no_process_cannot_be_had() throws IOException {
        assertThat(asking.summary("""
                var amd64 = System.getProperty("os.arch").equals("amd64");
                var room = java.lang.foreign.Arena.global().allocate(4096).address();
                var had = new ArrayList<String>();
                if (call("mmap", 0, 4096, 3, 0x22, -1, 0) == -1) had.add("no memory at all");
                if ((int) call("socket", 2, 1, 0) == -1) had.add("no unconnected socket");
                if ((int) call("shmget", 0, 4096, 01600) != -1) had.add("segment");
                if ((int) call("semget", 0, 100, 01600) != -1) had.add("semaphores");
                if ((int) call("msgget", 0, 01600) != -1) had.add("queue");
                if ((int) call("memfd_create", room, 0) != -1) had.add("file without a name");
                if (call("mmap", 0, 4096, 3, 0x21, -1, 0) != -1) had.add("shared memory");
                if ((int) call("socketpair", 1, 1, 0, room) != -1) had.add("pair of sockets");
                if ((int) call("socket", 1, 1, 0) != -1) had.add("local socket");
                if ((int) call("socket", 16, 3, 0) != -1) had.add("netlink");
                if ((int) call("syscall", 425, 8, room) != -1) had.add("ring");
                if ((int) call("syscall", amd64 ? 29 + 0x40000000L : 194 + 0x40000000L, 0, 4096, 01600) != -1)
                    had.add("segment by another number");
                return plain("had " + had);""")).isEqualTo("had []");
    }

    @Test
    void s30_neither_keys_nor_namespaces_nor_other_processes_are_reached_by_a_plugin_that_calls_the_kernel()
            throws IOException {
        assertThat(asking.summary("""
                var keyctl = System.getProperty("os.arch").equals("amd64") ? 250 : 219;
                var reached = new ArrayList<String>();
                if (call("syscall", keyctl, 0, -3, 0) != -1) reached.add("keys of the session");
                if ((int) call("unshare", 0x10000000) != -1) reached.add("user namespace");
                if ((int) call("chroot", java.lang.foreign.Arena.global().allocateFrom("/tmp").address()) != -1)
                    reached.add("another root");
                if (call("ptrace", 16, 1, 0, 0) != -1) reached.add("the clock");
                if ((int) call("prctl", 38, 0, 0, 0, 0) != -1) reached.add("new privileges");
                call("kill", 1, 19);
                return plain("reached " + reached);""")).isEqualTo("reached []");
    }

    @Test
    void s32_open_files_are_limited() throws IOException {
        assertThat(got("taken.add(new java.io.FileInputStream(\"/dev/null\"))", 1000))
                .isLessThan(256);
    }

    @Test
    void s32_files_are_limited_each_and_together() throws IOException {
        assertThat(got(
                        "java.nio.file.Files.write(java.nio.file.Path.of(\"/tmp/file\" + n % 3), new byte[1 << 20],"
                                + " java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)",
                        100))
                .isLessThanOrEqualTo(16);
    }

    @Test
    void s32_the_number_of_files_is_limited() throws IOException {
        assertThat(got("java.nio.file.Files.createFile(java.nio.file.Path.of(\"/tmp/file\" + n))", 10_000))
                .isLessThan(4096);
    }

    @Test
    void s32_a_plugin_that_only_sleeps_is_ended_as_well() throws IOException {
        var impatient = new Asking(PluginRunnerTest.runner(Duration.ofSeconds(2)), folder);

        assertThat(impatient.describe("Thread.sleep(86_399_000); return null;"))
                .isEqualTo(new TimedOut(Duration.ofSeconds(2)));
    }

    /// How often a plugin could do it.
    private int got(String greed, int wanted) throws IOException {
        var said = greedy(greed, wanted);
        assertThat(said).startsWith("got ");
        return Integer.parseInt(said.substring(4));
    }

    private String greedy(String greed, int wanted) throws IOException {
        return asking.summary("""
                int n = 0;
                var taken = new ArrayList<Object>();
                try { for (; n < %d; n++) { %s; } } catch (Throwable _) { }
                for (var one : taken) if (one instanceof AutoCloseable open) open.close();
                return plain("got " + n);""".formatted(wanted, greed));
    }
}
