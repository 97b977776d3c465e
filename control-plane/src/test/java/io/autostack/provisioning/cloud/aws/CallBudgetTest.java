package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.testing.aws.AwsPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(AwsPlatform.Profile.class)
@Tag("faults")
class CallBudgetTest {

    private static final int SECONDS = 60;

    private final CallBudget budget;

    @Inject
    CallBudgetTest(CallBudget budget) {
        this.budget = budget;
    }

    @Test
    void two_are_never_at_it_at_once_and_the_next_one_may_begin_when_the_first_is_done_or_failed() {
        var what = UUID.randomUUID().toString();

        assertThat(budget.alone(what, SECONDS, () -> budget.alone(what, SECONDS, () -> "second")))
                .contains(Optional.empty());
        assertThatThrownBy(() -> budget.alone(what, SECONDS, () -> {
                    throw new IllegalStateException("in the middle of it");
                }))
                .hasMessage("in the middle of it");
        assertThat(budget.alone(what, SECONDS, () -> "third")).contains("third");
    }

    @Test
    void whoever_does_not_come_back_is_not_waited_for_for_ever() {
        var what = UUID.randomUUID().toString();

        assertThat(budget.alone(what, 0, () -> budget.alone(what, SECONDS, () -> "taken over")))
                .contains(Optional.of("taken over"));
    }
}
