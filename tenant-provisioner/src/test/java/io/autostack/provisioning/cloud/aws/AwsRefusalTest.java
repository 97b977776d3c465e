package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.TransientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.rds.model.RdsException;

class AwsRefusalTest {

    private static Outcome answer(int status, String code) {
        try {
            return AwsRefusal.call(AwsCall.CREATE_DB_INSTANCE, () -> {
                throw RdsException.builder()
                        .statusCode(status)
                        .requestId("r-1")
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode(code)
                                .errorMessage("This is\nwhat AWS says")
                                .build())
                        .build();
            });
        } catch (OutcomeException e) {
            return e.outcome();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, Allow the control plane's role rds:CreateDBInstance",
        "403, InvalidClientTokenId, valid credentials for this account and region",
        "400, InstanceQuotaExceeded, Raise this quota in Service Quotas",
        "400, InvalidParameterValue, Put that right"
    })
    void what_cannot_be_had_is_said_with_call_code_request_and_one_thing_to_do(int status, String code, String advice) {
        assertThat(answer(status, code))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains(
                                        "RDS CreateDBInstance was refused with " + code,
                                        "This is what AWS says.",
                                        "(request r-1)",
                                        "retrying is safe",
                                        advice)
                                .doesNotContain("\n"));
    }

    @ParameterizedTest
    @CsvSource({"400, Throttling", "400, RequestLimitExceeded", "429, TooManyRequestsException"})
    void what_is_throttled_is_waited_for_without_a_thread(int status, String code) {
        assertThat(answer(status, code)).isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void a_server_error_and_silence_are_asked_again_by_the_engine() {
        assertThatThrownBy(() -> answer(503, "ServiceUnavailable"))
                .isInstanceOfSatisfying(
                        TransientException.class,
                        trouble -> assertThat(trouble.sentence())
                                .contains("RDS CreateDBInstance", "ServiceUnavailable", "safe"));
        assertThatThrownBy(() -> AwsRefusal.call(AwsCall.GET_CHANGE, () -> {
                    throw SdkClientException.create("connect timed out");
                }))
                .isInstanceOfSatisfying(
                        TransientException.class,
                        trouble -> assertThat(trouble.sentence())
                                .contains("Route 53 GetChange", "connect timed out", "region"));
    }
}
