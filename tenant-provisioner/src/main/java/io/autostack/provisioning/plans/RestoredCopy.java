package io.autostack.provisioning.plans;

import io.autostack.provisioning.Passwords;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import java.util.List;
import java.util.Map;

/// What a restore and a drill have in common: a new database with what a backup holds.
record RestoredCopy(Cloud cloud, String snapshot, DatabaseSpec copy) {

    static final String SECRET = "secret";
    static final String COMPARE = "compare";

    List<Step> steps() {
        return List.of(
                new Step(
                                SECRET,
                                "Generate credentials for the new database",
                                () -> cloud.ensureSecret(
                                        copy.tenant(),
                                        copy.secret(),
                                        Map.of("username", copy.name(), "password", Passwords.next())))
                        .compensatedBy(() -> cloud.removeSecret(copy.tenant(), copy.secret())),
                new Step(
                                "restore",
                                "Restore the backup into a new database",
                                () -> cloud.restoreSnapshot(copy.tenant(), snapshot, copy))
                        .compensatedBy(() -> cloud.removeDatabase(copy)));
    }

    Step compare() {
        return new Step(
                COMPARE,
                "Compare every table with the backup: rows and checksums",
                () -> cloud.compareWithSnapshot(copy.tenant(), snapshot, copy));
    }
}
