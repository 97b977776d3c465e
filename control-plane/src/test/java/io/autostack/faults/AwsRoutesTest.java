package io.autostack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.testing.Onboarding;
import io.autostack.testing.aws.AwsPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Names of many tenants at once, in a zone that is not ours alone.
@QuarkusTest
@TestProfile(AwsPlatform.Profile.class)
@Tag("faults")
class AwsRoutesTest {

    private static final Set<String> ROUTE_53 =
            Set.of("ChangeResourceRecordSets", "ListResourceRecordSets", "GetChange");

    private final Cloud cloud;

    @Inject
    AwsRoutesTest(Cloud cloud) {
        this.cloud = cloud;
    }

    @BeforeEach
    void emulator() {
        assumeTrue(AwsPlatform.isThere(), AwsPlatform.MISSING);
    }

    @Test
    void a50_a_hundred_names_at_once_go_in_few_batches_and_the_one_that_is_taken_keeps_no_other_from_being_made() {
        var stranger = Onboarding.freshSlug() + ".localhost";
        AwsPlatform.account().addRecord(stranger, "192.0.2.1");
        Map<String, UUID> names = new ConcurrentHashMap<>();
        IntStream.range(0, 100).forEach(i -> names.put(Onboarding.freshSlug() + ".localhost", UUID.randomUUID()));
        names.put(stranger, UUID.randomUUID());
        var before = AwsPlatform.count(ROUTE_53);
        var began = System.nanoTime();

        var ended = ended(names);

        assertThat(ended.remove(stranger))
                .as("a53: a stranger's record stays")
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        refused -> assertThat(refused.reason()).contains(stranger, "type A", "not ours"));
        assertThat(ended.values())
                .hasSize(100)
                .allSatisfy(answer -> assertThat(answer).isInstanceOf(Outcome.Done.class));
        assertThat(AwsPlatform.busiestSecond(ROUTE_53, began))
                .as("requests in the busiest second")
                .isLessThanOrEqualTo(5);
        assertThat(AwsPlatform.count(ROUTE_53) - before).as("requests in all").isLessThan(60);
    }

    @Test
    void a_name_of_another_domain_is_refused_before_anything_is_asked() {
        var before = AwsPlatform.count(ROUTE_53);

        assertThat(cloud.ensureRoute(UUID.randomUUID(), "shop.example.com"))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        refused -> assertThat(refused.reason())
                                .contains("shop.example.com", "is not in the zone of localhost"));
        assertThat(AwsPlatform.count(ROUTE_53)).isEqualTo(before);
    }

    /// Each is asked again until it has an answer, as steps are.
    private Map<String, Outcome> ended(Map<String, UUID> names) {
        Map<String, Outcome> ended = new ConcurrentHashMap<>();
        Awaitility.await("all names have an answer")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    names.entrySet().parallelStream()
                            .filter(name -> !ended.containsKey(name.getKey()))
                            .forEach(name -> {
                                var answer = cloud.ensureRoute(name.getValue(), name.getKey());
                                if (!(answer instanceof Outcome.NotYet)) ended.put(name.getKey(), answer);
                            });
                    return ended.size() == names.size();
                });
        return ended;
    }
}
