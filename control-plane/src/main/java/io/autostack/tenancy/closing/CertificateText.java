package io.autostack.tenancy.closing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;

/// What a certificate says, one fact a line. The same facts make the same text, to the byte.
///
/// @param thereWas names of what there was when deletion began, by kind
/// @param removedBefore what closing had removed after the final snapshot
/// @param found what the look afterwards found, by kind
record CertificateText(
        UUID certificate,
        UUID tenant,
        String slug,
        String name,
        String closedBy,
        Instant closedAt,
        Instant retainedUntil,
        String deletedBy,
        Instant deletedAt,
        UUID operation,
        List<String> removedBefore,
        SortedMap<String, String> thereWas,
        SortedMap<String, String> found) {

    private static final String NOT_COVERED =
            "not covered: copies that somebody downloaded, and backups of this platform that were made before";

    String text() {
        var lines = new StringBuilder();
        line(lines, "AutoStack certificate of deletion");
        line(lines, "certificate: " + certificate);
        line(lines, "tenant: " + tenant);
        line(lines, "short name: " + slug);
        line(lines, "name: " + name);
        line(lines, "closed: " + closedAt + " by " + closedBy);
        line(lines, "could come back until: " + retainedUntil);
        line(lines, "deleted: " + deletedAt + " by " + deletedBy);
        line(lines, "operation: " + operation);
        for (var removed : removedBefore) line(lines, "removed at closing: " + removed);
        thereWas.forEach((kind, names) -> line(lines, "removed now, " + kind + ": " + names));
        found.forEach((kind, names) -> line(lines, "left when looked at afterwards, " + kind + ": " + names));
        Kept.all().forEach(kept -> line(lines, "kept, " + kept.words()));
        line(lines, NOT_COVERED);
        return lines.toString();
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Nothing that is put into a line can begin another one.
    private static void line(StringBuilder lines, String text) {
        lines.append(text.replaceAll("\\R", " ")).append('\n');
    }
}
