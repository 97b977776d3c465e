package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.cloud.ServerSpec;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;

class InstanceDifferencesTest {

    private static DBInstance.Builder asWanted() {
        var spec = ServerSpec.PRODUCTION;
        return DBInstance.builder()
                .dbInstanceIdentifier("acme")
                .dbInstanceClass(spec.instanceClass())
                .engineVersion("17.6")
                .multiAZ(true)
                .allocatedStorage(spec.storageGb())
                .backupRetentionPeriod(spec.backupRetentionDays())
                .deletionProtection(true);
    }

    private static Optional<ModifyDbInstanceRequest> change(DBInstance found) {
        return InstanceDifferences.of(ServerSpec.PRODUCTION, found).map(InstanceDifferencesTest::made);
    }

    private static ModifyDbInstanceRequest made(Consumer<ModifyDbInstanceRequest.Builder> change) {
        var request = ModifyDbInstanceRequest.builder();
        change.accept(request);
        return request.build();
    }

    @Test
    void nothing_is_asked_of_one_that_is_as_it_should_be() {
        assertThat(change(asWanted().build())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"17.1", "17.9", "17"})
    void a07_a_minor_version_that_aws_chose_is_no_difference(String version) {
        assertThat(change(asWanted().engineVersion(version).build())).isEmpty();
    }

    @Test
    void a08_a_disk_that_grew_by_itself_is_not_made_smaller() {
        assertThat(change(asWanted().allocatedStorage(26).build())).isEmpty();
    }

    @Test
    void a11_what_a_restored_instance_has_from_the_account_or_the_snapshot_is_put_right_in_one_call() {
        assertThat(change(asWanted()
                        .dbInstanceClass("db.t4g.micro")
                        .multiAZ(false)
                        .backupRetentionPeriod(1)
                        .deletionProtection(false)
                        .build()))
                .hasValueSatisfying(request -> {
                    assertThat(request.dbInstanceClass()).isEqualTo("db.t4g.small");
                    assertThat(request.multiAZ()).isTrue();
                    assertThat(request.backupRetentionPeriod()).isEqualTo(7);
                    assertThat(request.deletionProtection()).isTrue();
                    assertThat(request.allocatedStorage()).isNull();
                });
    }

    @Test
    void a15_what_is_asked_for_already_is_not_asked_for_again() {
        assertThat(change(asWanted()
                        .dbInstanceClass("db.t4g.micro")
                        .pendingModifiedValues(pending -> pending.dbInstanceClass("db.t4g.small"))
                        .build()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "available, READY",
        "backing-up, BUSY",
        "storage-optimization, BUSY",
        "storage-full, BUSY",
        "creating, COMING",
        "rebooting, COMING",
        "some-status-of-tomorrow, COMING",
        "stopped, STOPPED",
        "deleting, GOING",
        "failed, BROKEN",
        "incompatible-network, BROKEN",
        "inaccessible-encryption-credentials-recoverable, BROKEN"
    })
    void a09_each_status_says_what_can_be_done(String word, InstanceStatus status) {
        assertThat(InstanceStatus.of(word)).isEqualTo(status);
    }
}
