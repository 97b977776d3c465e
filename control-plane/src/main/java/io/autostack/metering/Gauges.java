package io.autostack.metering;

import io.autostack.identity.Memberships;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.util.UUID;

/// Counts what nobody reports, at the moment somebody asks. Inside a transaction it sees what that has written.
@ApplicationScoped
class Gauges {

    private static final String APPS =
            "select count(*) from tenancy.project where tenant_id = :tenant and removed_at is null";

    private final EntityManager database;
    private final Memberships memberships;

    @Inject
    Gauges(EntityManager database, Memberships memberships) {
        this.database = database;
        this.memberships = memberships;
    }

    BigDecimal count(UUID tenant, Meter gauge) {
        return switch (gauge.name()) {
            case "apps" ->
                BigDecimal.valueOf(((Number) database.createNativeQuery(APPS, Long.class)
                                .setParameter("tenant", tenant)
                                .getSingleResult())
                        .longValue());
            case "users" -> BigDecimal.valueOf(memberships.countAt(tenant));
            default -> throw new IllegalStateException("nobody counts the gauge " + gauge.name());
        };
    }
}
