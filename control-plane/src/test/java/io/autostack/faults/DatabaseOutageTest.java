package io.autostack.faults;

import static io.restassured.RestAssured.given;

import io.autostack.testing.Callers;
import io.autostack.testing.Exhaustive;
import io.autostack.testing.Onboarding;
import io.autostack.testing.OwnPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The database goes away in the middle of onboardings and comes back some seconds later, or a minute later when
/// nothing is left out; nobody helps.
@QuarkusTest
@Tag("own-platform")
@TestProfile(OwnPlatform.Profile.class)
class DatabaseOutageTest {

    private static final long SECONDS = Long.getLong("autostack.test.outage", Exhaustive.isAsked() ? 60 : 5);
    private static final int TENANTS = 24;
    private static final int DONE_BEFORE = 6;

    private final Semaphore mayEnd = new Semaphore(DONE_BEFORE);

    @AfterEach
    void end() {
        Faults.wantForEverybody(null);
    }

    @Test
    void the_platform_waits_says_that_it_is_not_ready_and_goes_on_by_itself() throws InterruptedException {
        ready(200);
        Faults.wantForEverybody(call -> {
            if (call.method().getName().equals("ensureRoute")) mayEnd.acquire();
            return call.really();
        });
        var slugs = Stream.generate(Onboarding::freshSlug).limit(TENANTS).toList();
        for (var slug : slugs) ask(slug);
        Awaitility.await("in the middle")
                .atMost(Duration.ofMinutes(1))
                .until(() -> active(slugs) == DONE_BEFORE && mayEnd.hasQueuedThreads());

        OwnPlatform.stopDatabase();
        mayEnd.release(TENANTS * TENANTS);
        ready(503);
        given().get("/q/health/live").then().statusCode(200);
        TimeUnit.SECONDS.sleep(SECONDS);
        OwnPlatform.startDatabase();

        ready(200);
        Awaitility.await("every tenant is active")
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> active(slugs) == TENANTS);
        var later = Onboarding.freshSlug();
        ask(later);
        Awaitility.await("new work is done").atMost(Duration.ofMinutes(1)).until(() -> active(List.of(later)) == 1);
    }

    private static void ask(String slug) {
        Callers.bootstrap("cli")
                .contentType("application/json")
                .body(Map.of("name", slug, "slug", slug, "plan", "starter", "adminEmail", "alice@example.com"))
                .post("/api/v1/tenants")
                .then()
                .statusCode(202);
    }

    private static int active(List<String> slugs) {
        return (int) slugs.stream()
                .filter(slug -> "active"
                        .equals(Callers.bootstrap("cli")
                                .get("/api/v1/tenants/" + slug)
                                .path("status")))
                .count();
    }

    private static void ready(int status) {
        Awaitility.await("ready answers " + status)
                .atMost(Duration.ofMinutes(2))
                .until(() -> given().get("/q/health/ready").statusCode() == status);
    }
}
