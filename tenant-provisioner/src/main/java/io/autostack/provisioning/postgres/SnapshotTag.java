package io.autostack.provisioning.postgres;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The comment of a database that is a snapshot. One that is not complete says so, and no more.
///
/// @param database that it is a copy of
record SnapshotTag(UUID tenant, String database, Instant takenAt) {

    private static final Pattern COMPLETE =
            Pattern.compile("autostack:snapshot tenant=([0-9a-f-]{36}) of=(\\w+) taken=(\\S+)");

    static String half(UUID tenant) {
        return "autostack:half-snapshot tenant=" + tenant;
    }

    static Optional<SnapshotTag> read(String comment) {
        var found = COMPLETE.matcher(comment);
        return found.matches()
                ? Optional.of(
                        new SnapshotTag(UUID.fromString(found.group(1)), found.group(2), Instant.parse(found.group(3))))
                : Optional.empty();
    }

    String text() {
        return "autostack:snapshot tenant=" + tenant + " of=" + database + " taken=" + takenAt;
    }
}
