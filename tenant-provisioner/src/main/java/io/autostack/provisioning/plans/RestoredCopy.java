package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What a restore and a drill have in common: a new database with what a backup holds.
final class RestoredCopy {

    static final String SECRET = "secret";
    static final String COMPARE = "compare";

    private RestoredCopy() {}

    static Map<String, String> facts(Subject subject, UUID change, UUID backup, String snapshot) {
        return Map.of(
                "backup", backup.toString(),
                "snapshot", snapshot,
                "copy.database", Names.copy(subject.database(), change),
                "copy.secret", Names.copySecret(subject.slug(), change));
    }

    static List<Step> steps(Cloud cloud) {
        return List.of(
                new Step(
                                SECRET,
                                "Generate credentials for the new database",
                                facts -> cloud.ensureSecret(
                                        ChangeTenant.tenant(facts),
                                        facts.get("copy.secret"),
                                        Map.of("username", facts.get("copy.database"), "password", Passwords.next())))
                        .compensatedBy(
                                facts -> cloud.removeSecret(ChangeTenant.tenant(facts), facts.get("copy.secret"))),
                new Step(
                                "restore",
                                "Restore the backup into a new database",
                                facts -> cloud.restoreSnapshot(
                                        ChangeTenant.tenant(facts), facts.get("snapshot"), database(facts)))
                        .compensatedBy(facts -> cloud.removeDatabase(database(facts))));
    }

    static Step compare(Cloud cloud) {
        return new Step(
                COMPARE,
                "Compare every table with the backup: rows and checksums",
                facts -> cloud.compareWithSnapshot(ChangeTenant.tenant(facts), facts.get("snapshot"), database(facts)));
    }

    static DatabaseSpec database(Facts facts) {
        return new DatabaseSpec(
                ChangeTenant.tenant(facts),
                facts.get("copy.database"),
                facts.get("copy.secret"),
                true,
                ChangeTenant.placement(facts));
    }
}
