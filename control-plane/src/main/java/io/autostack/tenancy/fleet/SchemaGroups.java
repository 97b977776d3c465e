package io.autostack.tenancy.fleet;

import io.autostack.provisioning.cloud.SchemaVersions.Version;
import io.autostack.tenancy.fleet.KnownSchemas.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Who is on which version with which fingerprint, and which of them is the usual one. Pure.
final class SchemaGroups {

    private static final Comparator<Group> MOST_THEN_OLDEST =
            Comparator.comparingInt(Group::tenants).reversed().thenComparing(Group::oldest);

    private SchemaGroups() {}

    /// A version and the tenants that have it.
    ///
    /// @param known true when there is a file for it
    /// @param prints the usual one first; those of an older definition last
    record OfVersion(String number, String description, boolean known, List<Print> prints) {

        int tenants() {
            return prints.stream().mapToInt(Print::tenants).sum();
        }

        /// What most of them have; the oldest decides between as many. Empty when nobody has this version.
        String usual() {
            return prints.isEmpty() ? "" : prints.getFirst().fingerprint();
        }

        /// Fingerprints of an older definition say nothing about newer ones: those tenants are read again.
        List<String> unusual() {
            return prints.stream()
                    .skip(1)
                    .filter(print -> print.definition() == prints.getFirst().definition())
                    .map(Print::fingerprint)
                    .toList();
        }
    }

    /// A fingerprint, and how many tenants have it.
    record Print(String fingerprint, int tenants) {

        /// The number before the colon; the first definition had none.
        int definition() {
            int colon = fingerprint.indexOf(':');
            return colon < 0 ? 1 : Integer.parseInt(fingerprint.substring(0, colon));
        }
    }

    /// @param known oldest first
    /// @return newest first; versions that only tenants know come last
    static List<OfVersion> of(List<Version> known, List<Group> groups) {
        var versions = new ArrayList<OfVersion>();
        for (var version : known.reversed())
            versions.add(
                    new OfVersion(version.number(), version.description(), true, prints(version.number(), groups)));
        groups.stream()
                .map(Group::version)
                .filter(Objects::nonNull)
                .filter(number ->
                        known.stream().noneMatch(version -> version.number().equals(number)))
                .distinct()
                .sorted()
                .forEach(number -> versions.add(new OfVersion(number, "", false, prints(number, groups))));
        return versions;
    }

    private static List<Print> prints(String version, List<Group> groups) {
        return groups.stream()
                .filter(group -> version.equals(group.version()))
                .sorted(MOST_THEN_OLDEST)
                .map(group -> new Print(Objects.requireNonNullElse(group.fingerprint(), ""), group.tenants()))
                .sorted(Comparator.comparingInt(Print::definition).reversed())
                .toList();
    }
}
