package io.autostack.provisioning.cloud.aws;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What Fargate gives a task: one of a fixed set of pairs ("Task CPU and memory", ECS developer guide).
///
/// @param cpu in units, 1,024 for one processor
/// @param memoryMb in MiB
record FargateSize(int cpu, int memoryMb) {

    private static final BigDecimal UNITS = BigDecimal.valueOf(1024);

    private static final List<Row> ROWS = List.of(
            new Row(256, List.of(512, 1024, 2048)),
            new Row(512, steps(1, 4, 1)),
            new Row(1024, steps(2, 8, 1)),
            new Row(2048, steps(4, 16, 1)),
            new Row(4096, steps(8, 30, 1)),
            new Row(8192, steps(16, 60, 4)),
            new Row(16_384, steps(32, 120, 8)));

    private record Row(int cpu, List<Integer> memory) {}

    private static List<Integer> steps(int fromGib, int toGib, int stepGib) {
        return IntStream.iterate(fromGib, gib -> gib <= toGib, gib -> gib + stepGib)
                .map(gib -> gib * 1024)
                .boxed()
                .toList();
    }

    /// The smallest one that is enough; empty when there is none.
    ///
    /// @param vcpu 1 = one whole processor
    /// @param memoryMb in MiB
    static Optional<FargateSize> atLeast(BigDecimal vcpu, int memoryMb) {
        return ROWS.stream()
                .filter(row -> BigDecimal.valueOf(row.cpu()).compareTo(vcpu.multiply(UNITS)) >= 0)
                .flatMap(row -> row.memory().stream()
                        .filter(memory -> memory >= memoryMb)
                        .limit(1)
                        .map(memory -> new FargateSize(row.cpu(), memory)))
                .findFirst();
    }

    String words() {
        return new BigDecimal(cpu).divide(UNITS).stripTrailingZeros().toPlainString() + " vCPU, " + memoryMb + " MiB";
    }
}
