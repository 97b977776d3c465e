package io.autostack.tenancy.closing;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What stays of a deleted tenant, why, and in which tables its rows are. A table with a tenant's rows is named here,
/// or nothing of the tenant is left in it.
enum Kept {
    ACCOUNTS(
            "accounts",
            "plan, usage totals and charges, as long as accounts have to be kept",
            "billing.proration_event",
            "metering.daily_total",
            "metering.total",
            "metering.usage_event",
            "tenancy.tenant_history"),
    APPS(
            "apps",
            "which templates were deployed by which approved plans: accounts and operations refer to them",
            "marketplace.deployment",
            "marketplace.deployment_plan",
            "tenancy.project"),
    HISTORY("history", "who did what and when; it cannot be changed, so that it can be relied on", "audit.event"),
    MEMBERS("members", "who belonged to the tenant, so that they can read this certificate", "identity.membership"),
    OPERATIONS(
            "operations",
            "what was built and removed, with evidence: it is what this certificate rests on",
            "provisioning.operation",
            "provisioning.step"),
    ENTRY(
            "the tenant’s entry",
            "name, short name and administrator, so that the above can be read",
            "tenancy.certificate",
            "tenancy.closing"),
    TOKENS(
            "the tenant’s revoked API tokens",
            "names and dates, so that history can be read; none opens anything, and their values were never kept",
            "identity.api_token"),
    UPKEEP(
            "upkeep",
            "when it was looked at, backed up, restored, moved and brought to a version, without what was in it",
            "moves.move",
            "tenancy.backup",
            "tenancy.finding",
            "tenancy.inspection",
            "tenancy.restore_drill",
            "tenancy.rollout_tenant",
            "tenancy.tenant_schema");

    private final String what;
    private final String why;
    private final Set<String> tables;

    Kept(String what, String why, String... tables) {
        this.what = what;
        this.why = why;
        this.tables = Set.of(tables);
    }

    /// As the certificate says it.
    String words() {
        return what + ": " + why;
    }

    static Set<String> tables() {
        return Arrays.stream(values()).flatMap(kept -> kept.tables.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /// In the order of the certificate.
    static Stream<Kept> all() {
        return Arrays.stream(values());
    }
}
