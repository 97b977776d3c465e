package io.autostack.provisioning.cloud.aws;

/// First labels of the names that containers answer at.
final class HostLabels {

    /// (RFC 1035, section 2.3.4)
    private static final int LONGEST = 63;

    private static final String PREFIX = "autostack-";

    private HostLabels() {}

    /// `acme--shop--web` for the container `autostack-acme--shop--web`; a longer one ends with a digest of the whole.
    static String of(String container) {
        var name = container.startsWith(PREFIX) ? container.substring(PREFIX.length()) : container;
        if (name.length() <= LONGEST) return name;
        var shortened = Identifiers.of(name, LONGEST - 2);
        // Two hyphens in a row, which no tenant's own name has.
        var digest = shortened.lastIndexOf('-');
        return shortened.substring(0, digest) + "--" + shortened.substring(digest + 1);
    }
}
