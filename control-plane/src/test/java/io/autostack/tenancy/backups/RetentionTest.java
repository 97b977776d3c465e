package io.autostack.tenancy.backups;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.tenancy.Environment;
import io.autostack.tenancy.TenantStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void a_proof_of_concept_keeps_backups_for_one_day_and_production_for_seven() {
        assertThat(Retention.expiry(Environment.POC, NOW)).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(Retention.expiry(Environment.PRODUCTION, NOW)).isEqualTo("2026-11-28T12:00:00Z");
    }

    @Test
    void production_is_backed_up_once_a_day() {
        assertThat(due(Optional.empty())).isTrue();
        assertThat(due(Optional.of(NOW.minus(Duration.ofHours(24))))).isTrue();
        assertThat(due(Optional.of(NOW.minus(Duration.ofHours(24)).plusSeconds(1))))
                .isFalse();
    }

    @Test
    void a_proof_of_concept_is_backed_up_by_hand_only() {
        assertThat(Retention.isDue(Environment.POC, TenantStatus.ACTIVE, Optional.empty(), NOW))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = TenantStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void a_tenant_that_is_not_active_is_not_backed_up_by_the_clock(TenantStatus status) {
        assertThat(Retention.isDue(Environment.PRODUCTION, status, Optional.empty(), NOW))
                .isFalse();
    }

    @Test
    void a_backup_is_there_until_the_moment_it_expires() {
        assertThat(kept(NOW.plusMillis(1)).isThere(NOW)).isTrue();
        assertThat(kept(NOW).isThere(NOW)).isFalse();
    }

    @Test
    void the_time_that_is_left_is_said_in_words() {
        assertThat(BackupParts.left(Duration.ofDays(7).minusSeconds(1))).isEqualTo("6 days left");
        assertThat(BackupParts.left(Duration.ofHours(24))).isEqualTo("1 day left");
        assertThat(BackupParts.left(Duration.ofMinutes(61))).isEqualTo("1 hour left");
        assertThat(BackupParts.left(Duration.ofMinutes(59))).isEqualTo("less than an hour left");
        assertThat(BackupParts.left(Duration.ZERO)).isEqualTo("expired");
    }

    private static boolean due(Optional<Instant> newest) {
        return Retention.isDue(Environment.PRODUCTION, TenantStatus.ACTIVE, newest, NOW);
    }

    private static Backup kept(Instant expiresAt) {
        var id = new UUID(0, 1);
        return new Backup(
                id,
                id,
                id,
                BackupKind.MANUAL,
                BackupState.KEPT,
                "snapshot_1",
                "tenant_acme",
                null,
                1L,
                NOW.minusSeconds(60),
                expiresAt,
                "alice",
                NOW.minusSeconds(60));
    }
}
