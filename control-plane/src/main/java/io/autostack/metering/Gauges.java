package io.autostack.metering;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Counts what nobody reports, at the moment somebody asks. Inside a transaction it sees what that has written.
@ApplicationScoped
class Gauges {

    /// What counts a gauge, by the meter's name; the parameter is the tenant.
    private static final Map<String, String> QUESTIONS = Map.of(
            "apps", "select count(*) from tenancy.project where tenant_id = ?1 and removed_at is null",
            "users", "select count(*) from identity.membership where tenant_id = ?1");

    private final EntityManager database;

    @Inject
    Gauges(EntityManager database) {
        this.database = database;
    }

    BigDecimal count(UUID tenant, Meter gauge) {
        var question = QUESTIONS.get(gauge.name());
        if (question == null) throw new IllegalStateException("nobody counts the gauge " + gauge.name());
        var counted = (Number) database.createNativeQuery(question, Long.class)
                .setParameter(1, tenant)
                .getSingleResult();
        return BigDecimal.valueOf(counted.longValue());
    }

    /// All of them as rows of meter and quantity, to be added to a question about more; each `?` is the tenant.
    static String rows() {
        return QUESTIONS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(gauge -> " union all select '" + gauge.getKey() + "', ("
                        + gauge.getValue().replace("?1", "?") + ")")
                .collect(Collectors.joining());
    }

    /// What such a question has found for a gauge.
    static BigDecimal found(Meter gauge, Map<String, BigDecimal> quantities) {
        var counted = quantities.get(gauge.name());
        if (counted == null) throw new IllegalStateException("nobody counts the gauge " + gauge.name());
        return counted;
    }

    static int number() {
        return QUESTIONS.size();
    }
}
