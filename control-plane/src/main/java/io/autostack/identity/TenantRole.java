package io.autostack.identity;

import java.util.Locale;

/// What a person is to one tenant, from the most to the least.
public enum TenantRole {
    OWNER,
    ADMIN,
    MEMBER,
    VIEWER;

    public static TenantRole of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public boolean atLeast(TenantRole other) {
        return compareTo(other) <= 0;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
