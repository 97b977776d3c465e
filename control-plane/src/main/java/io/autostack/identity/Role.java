package io.autostack.identity;

import java.util.Locale;
import java.util.Optional;

/// What a caller is to the platform as a whole; what it is to one tenant is a `TenantRole`.
public enum Role {
    /// Runs the platform: sees and changes every tenant.
    OPERATOR,
    /// Books the money: reads plans, invoices and exports of every tenant.
    FINANCE,
    /// Publishes plugins.
    AUTHOR,
    /// Makes estimates and proposals.
    SALES,
    /// A tenant application's own identity: resolves hosts, reads secrets, reports usage. API tokens only.
    APPLICATION;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        for (var role : values()) if (role.word().equals(word)) return Optional.of(role);
        return Optional.empty();
    }
}
