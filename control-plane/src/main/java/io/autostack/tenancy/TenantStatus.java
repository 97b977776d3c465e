package io.autostack.tenancy;

import java.util.Locale;

/// Where a tenant is in its life.
public enum TenantStatus {
    PROVISIONING,
    ACTIVE,
    SUSPENDED,
    CLOSING,
    CLOSED,
    FAILED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TenantStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
