package io.autostack.tenancy.domains;

import java.time.Instant;
import java.util.Optional;

/// A tenant's domain as others see it.
///
/// @param name lower case, in Punycode
/// @param challenge what the TXT record has to say
/// @param verifiedAt empty while it is only claimed
public record DomainRow(String name, String challenge, Instant createdAt, Optional<Instant> verifiedAt) {

    static final String PREFIX = "_autostack-challenge.";

    static DomainRow of(Domain domain) {
        return new DomainRow(domain.name, domain.challenge, domain.createdAt, Optional.ofNullable(domain.verifiedAt));
    }

    /// As people write it; the same as the name unless it has other letters than English.
    public String written() {
        return BrowserNames.toUnicode(name);
    }

    /// Name of the TXT record.
    public String record() {
        return PREFIX + name;
    }

    public boolean verified() {
        return verifiedAt.isPresent();
    }

    public String status() {
        return verified() ? "verified" : "claimed";
    }
}
