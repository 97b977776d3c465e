package io.autostack.tenancy.backups;

import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.tenancy.Environment;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.tenancy.BackupRow;
import io.autostack.ui.tenancy.DrillRow;
import java.time.Duration;
import java.time.Instant;

/// Backups and drills as parts of a page.
final class BackupParts {

    private BackupParts() {}

    static String targets(CloudDescription cloud) {
        return "Targets: restored within " + Drill.RTO_TARGET.toMinutes() + " minutes, from data no older than "
                + Drill.RPO_TARGET.toMinutes() + " minutes. " + cloud.limits().replay();
    }

    static String kept(Environment environment) {
        return switch (environment) {
            case POC ->
                "Backups of a proof of concept are taken by hand and kept for "
                        + days(Retention.of(environment).toDays()) + ".";
            case PRODUCTION ->
                "Backed up once a day while active; each backup is kept for "
                        + days(Retention.of(environment).toDays()) + ".";
        };
    }

    static BackupRow row(Backup backup, boolean isServed, boolean mayAdminister, Instant now) {
        var expires = backup.expiresAt();
        return new BackupRow(
                backup.id().toString(),
                Badge.status(backup.state().word()),
                why(backup.kind()),
                backup.operation().toString(),
                backup.takenAt(),
                backup.bytes(),
                expires,
                expires == null || backup.state() != BackupState.KEPT ? null : left(Duration.between(now, expires)),
                mayAdminister && isServed && backup.isThere(now),
                mayAdminister && backup.state() == BackupState.KEPT);
    }

    static DrillRow row(Drill drill) {
        return new DrillRow(
                Badge.status(drill.state().word()),
                drill.createdAt(),
                drill.operation().toString(),
                drill.rto().orElse(null),
                drill.rpo().orElse(null));
    }

    static String left(Duration time) {
        if (time.isNegative() || time.isZero()) return "expired";
        if (time.toDays() > 0) return days(time.toDays()) + " left";
        if (time.toHours() > 0) return time.toHours() + (time.toHours() == 1 ? " hour left" : " hours left");
        return "less than an hour left";
    }

    private static String days(long count) {
        return count + (count == 1 ? " day" : " days");
    }

    private static String why(BackupKind kind) {
        return switch (kind) {
            case MANUAL -> "taken by hand";
            case SCHEDULED -> "the daily one";
            case REPLACED -> "what a restore or a move replaced";
            case FINAL -> "the last one before closing";
        };
    }
}
