package io.autostack.tenancy.domains;

import java.util.regex.Pattern;

/// What a domain may look like, and how it is written down.
sealed interface DomainName {

    /// Lower case, in Punycode, without a dot at the end.
    record Valid(String name) implements DomainName {}

    /// @param message behind the field's name
    record Refused(String message) implements DomainName {}

    /// So that the name of its TXT record is one as well.
    int MAX_LENGTH = 253 - DomainRow.PREFIX.length();

    Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    Pattern DIGITS = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    /// @param platform what the platform's own host names end with, beginning with a dot
    static DomainName of(String given, String platform) {
        var text = given.strip();
        if (text.isEmpty()) return new Refused("is needed");
        if (text.contains("/") || text.contains("@"))
            return new Refused("is the name alone, as in shop.example.com, without https:// and without a path");
        if (text.contains("*")) return new Refused("must be one name; a star for many names is not possible");
        if (text.contains(":")) return new Refused("is the name alone: no port and no IP address");
        var found = BrowserNames.toAscii(text);
        if (found.isEmpty()) return new Refused("is not a domain name, as in shop.example.com");
        var name = found.get();
        if (name.length() > MAX_LENGTH) return new Refused("may have " + MAX_LENGTH + " characters at the most");
        if (name.equals("localhost") || name.endsWith(".localhost"))
            return new Refused("must not be localhost: that is each machine itself");
        if (name.endsWith(platform) || ("." + name).equals(platform))
            return new Refused("must not end with " + platform + ": those names are the platform's own");
        var labels = name.split("\\.", -1);
        for (var label : labels)
            if (!LABEL.matcher(label).matches()) return new Refused("is not a domain name, as in shop.example.com");
        if (DIGITS.matcher(labels[labels.length - 1]).matches())
            return new Refused("must be a name, not an IP address");
        if (labels.length < 2) return new Refused("needs a dot, as in shop.example.com");
        return new Valid(name);
    }
}
