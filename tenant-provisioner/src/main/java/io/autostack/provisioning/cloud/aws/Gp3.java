package io.autostack.provisioning.cloud.aws;

import java.util.Optional;
import java.util.OptionalInt;

/// A gp3 disk for PostgreSQL. Below 400 GiB it has 3,000 operations and 125 MiB a second and neither may be sent; from
/// there on it has 12,000 and 500 at least (RDS user guide, "gp3 storage").
///
/// @param gib allocated, 20 to 65,536
/// @param iops operations a second; empty below the threshold
/// @param throughput MiB a second; empty below the threshold
record Gp3(int gib, OptionalInt iops, OptionalInt throughput) {

    static final int STRIPED_FROM_GIB = 400;
    private static final int MIN_GIB = 20;
    private static final int MAX_GIB = 65_536;
    private static final int MIN_IOPS = 12_000;
    private static final int MIN_THROUGHPUT = 500;

    /// What is sent, whatever somebody wrote down below the threshold.
    static Gp3 of(int gib, OptionalInt iops, OptionalInt throughput) {
        return gib < STRIPED_FROM_GIB
                ? new Gp3(gib, OptionalInt.empty(), OptionalInt.empty())
                : new Gp3(gib, iops, throughput);
    }

    /// As small as it can be for its size.
    static Gp3 of(int gib) {
        return of(gib, OptionalInt.of(MIN_IOPS), OptionalInt.of(MIN_THROUGHPUT));
    }

    /// Why AWS would not take it, as a sentence; found before anything is asked.
    Optional<String> problem() {
        if (gib < MIN_GIB || gib > MAX_GIB)
            return Optional.of("A gp3 disk has " + MIN_GIB + " to " + MAX_GIB + " GiB, not " + gib + ".");
        if (gib >= STRIPED_FROM_GIB && (iops.orElse(0) < MIN_IOPS || throughput.orElse(0) < MIN_THROUGHPUT))
            return Optional.of("A gp3 disk of " + STRIPED_FROM_GIB + " GiB and more needs ≥ " + MIN_IOPS
                    + " IOPS and ≥ " + MIN_THROUGHPUT + " MiB/s.");
        return Optional.empty();
    }
}
