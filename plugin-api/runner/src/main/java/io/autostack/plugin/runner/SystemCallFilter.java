package io.autostack.plugin.runner;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Gives up, for this process and all that it starts, the calls to the kernel that no template needs: those
/// that get memory which counts for no process, and those that are known for holes. There is no way back.
///
/// The same in every JVM of a cage, since a plugin may start one that is allowed to call whatever it likes.
final class SystemCallFilter {

    private static final int LOAD = 0x20;
    private static final int IF_EQUAL = 0x15;
    private static final int IF_AT_LEAST = 0x35;
    private static final int AND = 0x54;
    private static final int ANSWER = 0x06;

    private static final int ALLOW = 0x7fff0000;
    private static final int END_PROCESS = 0x80000000;
    private static final int NOT_PERMITTED = 0x00050000 | 1;
    private static final int NO_SUCH_CALL = 0x00050000 | 38;

    /// Where the kernel puts what a call is about.
    private static final int NUMBER = 0;

    private static final int MACHINE = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int FOURTH_ARGUMENT = 40;

    private static final int INET = 2;
    private static final int INET6 = 10;

    /// `MAP_SHARED` and `MAP_ANONYMOUS`: such memory stays when nobody has it mapped in.
    private static final int SHARED_WITHOUT_FILE = 0x21;

    /// Calls that came with later kernels than those that were thought about, and those of a second kind of
    /// program.
    private static final int FIRST_UNKNOWN = 470;

    private static final long SET_FILTER = 1;
    private static final long FOR_ALL_THREADS = 1;

    private final Numbers numbers;
    private final ByteBuffer program;
    private final MethodHandle call;

    private SystemCallFilter(Numbers numbers, ByteBuffer program, MethodHandle call) {
        this.numbers = numbers;
        this.program = program;
        this.call = call;
    }

    /// The numbers that a kind of processor gives to calls.
    ///
    /// @param denied shmget, semget, msgget, memfd_create, memfd_secret, io_uring_setup,
    /// landlock_create_ruleset, socketpair, vmsplice, splice, tee; add_key, request_key, keyctl; userfaultfd,
    /// bpf, perf_event_open, ptrace, unshare, setns
    private record Numbers(int machine, int seccomp, int mmap, int socket, List<Integer> denied) {}

    private static final Numbers AMD64 = new Numbers(
            0xC000003E,
            317,
            9,
            41,
            List.of(29, 64, 68, 319, 447, 425, 444, 53, 278, 275, 276, 248, 249, 250, 323, 321, 298, 101, 272, 308));

    private static final Numbers AARCH64 = new Numbers(
            0xC00000B7,
            277,
            222,
            198,
            List.of(194, 190, 186, 279, 447, 425, 444, 199, 75, 76, 77, 217, 218, 219, 282, 280, 241, 117, 97, 268));

    /// All that is needed to put the filter in force, and nothing given up yet.
    static SystemCallFilter prepared() {
        var numbers = switch (System.getProperty("os.arch")) {
            case "amd64" -> AMD64;
            case "aarch64" -> AARCH64;
            default -> throw new IllegalStateException("the calls of this kind of processor are not known");
        };
        return new SystemCallFilter(numbers, program(numbers), systemCall());
    }

    /// @throws IllegalStateException when it is not in force afterwards
    void enforce() {
        long answer = install();
        if (answer != 0) throw new IllegalStateException("the kernel took no filter of calls: " + answer);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle systemCall() {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS));
    }

    private long install() {
        try (var arena = Arena.ofConfined()) {
            var described = arena.allocate(16, 8);
            described.set(JAVA_SHORT, 0, (short) (program.limit() / 8));
            described.set(ADDRESS, 8, MemorySegment.ofBuffer(program));
            return (long) call.invokeExact((long) numbers.seccomp(), SET_FILTER, FOR_ALL_THREADS, described);
        } catch (Throwable e) {
            throw new IllegalStateException("the kernel could not be asked", e);
        }
    }

    /// One instruction of the kernel's packet filter language.
    ///
    /// @param then how many instructions to leap over if so
    /// @param otherwise how many if not
    private record Instruction(int code, int then, int otherwise, int value) {}

    private static ByteBuffer program(Numbers numbers) {
        var program = new ArrayList<Instruction>();
        program.add(new Instruction(LOAD, 0, 0, MACHINE));
        program.add(new Instruction(IF_EQUAL, 1, 0, numbers.machine()));
        program.add(new Instruction(ANSWER, 0, 0, END_PROCESS));
        program.add(new Instruction(LOAD, 0, 0, NUMBER));
        program.add(new Instruction(IF_AT_LEAST, 0, 1, FIRST_UNKNOWN));
        program.add(new Instruction(ANSWER, 0, 0, NO_SUCH_CALL));
        for (int call : numbers.denied()) {
            program.add(new Instruction(IF_EQUAL, 0, 1, call));
            program.add(new Instruction(ANSWER, 0, 0, NOT_PERMITTED));
        }
        // Unconnected sockets hold nothing, and there is no network; the others hold what is written to them.
        program.add(new Instruction(IF_EQUAL, 0, 4, numbers.socket()));
        program.add(new Instruction(LOAD, 0, 0, FIRST_ARGUMENT));
        program.add(new Instruction(IF_EQUAL, 6, 0, INET));
        program.add(new Instruction(IF_EQUAL, 5, 0, INET6));
        program.add(new Instruction(ANSWER, 0, 0, NOT_PERMITTED));
        program.add(new Instruction(IF_EQUAL, 0, 3, numbers.mmap()));
        program.add(new Instruction(LOAD, 0, 0, FOURTH_ARGUMENT));
        program.add(new Instruction(AND, 0, 0, SHARED_WITHOUT_FILE));
        program.add(new Instruction(IF_EQUAL, 1, 0, SHARED_WITHOUT_FILE));
        program.add(new Instruction(ANSWER, 0, 0, ALLOW));
        program.add(new Instruction(ANSWER, 0, 0, NOT_PERMITTED));
        var bytes = ByteBuffer.allocateDirect(program.size() * 8).order(ByteOrder.nativeOrder());
        for (var one : program)
            bytes.putShort((short) one.code())
                    .put((byte) one.then())
                    .put((byte) one.otherwise())
                    .putInt(one.value());
        return bytes.flip();
    }
}
