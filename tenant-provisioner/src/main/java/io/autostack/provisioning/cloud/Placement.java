package io.autostack.provisioning.cloud;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which server a tenant's database is on.
public enum Placement {
    /// One server for many tenants, a database for each.
    SHARED,
    /// A server of the tenant's own: a process on one machine, an instance at AWS.
    DEDICATED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Placement> find(String word) {
        return Arrays.stream(values())
                .filter(placement -> placement.word().equals(word))
                .findFirst();
    }

    public static Placement of(String word) {
        return find(word).orElseThrow(() -> new IllegalStateException("there is no placement " + word));
    }
}
