package io.autostack.provisioning.cloud.aws;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names as Route 53 writes them, and as people do.
final class DnsNames {

    /// A byte that is not a letter, digit, hyphen or underscore comes as its octal number.
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

    private DnsNames() {}

    /// Lower case, without the final dot, with every byte as itself: `\052.Example.com.` is `*.example.com`.
    static String normal(String name) {
        var plain = OCTAL.matcher(name)
                .replaceAll(
                        octal -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(octal.group(1), 8))));
        var lower = plain.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    static boolean same(String one, String other) {
        return normal(one).equals(normal(other));
    }

    /// The id alone: `/hostedzone/Z1` is `Z1`.
    static String zone(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    /// Whether a record of this name can be in the zone of the domain.
    static boolean isInside(String name, String domain) {
        return same(name, domain) || normal(name).endsWith("." + normal(domain));
    }
}
