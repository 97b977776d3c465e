package io.autostack.portal;

import io.autostack.bench.Bench;
import io.autostack.bench.Samples;
import io.autostack.testing.Callers;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `./autostack bench page`: how many times a second a tenant's page is made, beside the least that it can cost on the
/// same server ([PageFloor]). The callers are on the same machine. Prints figures and asserts none.
@QuarkusTest
@TestProfile(PageBench.Measured.class)
class PageBench {

    private static final int CALLERS = 8;
    private static final int PAIRS = 7;
    private static final int WARM_UP_SECONDS = 10;
    private static final int SECONDS = 3;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// The floor is there, and no worker of the platform's own does anything meanwhile.
    public static final class Measured implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(PageFloor.MEASURED, "true", "autostack.roles", "web");
        }
    }

    @Test
    void a_tenants_page_beside_one_select_and_its_template() throws Exception {
        var tenant = Rows.tenant();
        Rows.apps(tenant, 2);
        Rows.used(tenant);
        Rows.history(tenant, 10);
        Rows.templates(200);
        Server.execute("autostack", "analyze");
        var path = Rows.slug(tenant);
        var page = request("/tenants/" + path, true);
        var floor = request("/page-floor/" + path, false);
        var filled = client.send(request("/page-floor/" + path, true), HttpResponse.BodyHandlers.ofString());
        var same = client.send(page, HttpResponse.BodyHandlers.ofString());
        if (filled.statusCode() != 200 || !parts(filled).equals(parts(same)))
            throw new IllegalStateException("the floor is another page: " + filled.statusCode() + " with "
                    + parts(filled) + " instead of " + parts(same));

        rate(floor, WARM_UP_SECONDS);
        rate(page, WARM_UP_SECONDS);
        var pages = new Samples();
        var floors = new Samples();
        for (int pair = 0; pair < PAIRS; pair++) {
            floors.add(rate(floor, SECONDS));
            pages.add(rate(page, SECONDS));
        }
        Bench.say(
                "%n== page: %d callers, %d pairs, %d bytes   (load average %.2f)",
                CALLERS, PAIRS, same.body().length(), Bench.load());
        Bench.say("   one indexed select and the template: median %.0f requests/s", floors.median());
        Bench.say("   a tenant's page, signed in:          median %.0f requests/s", pages.median());
        Bench.say("   ratio %.2f (goal at least 0.5)", pages.median() / floors.median());
    }

    /// What the template made: the headings and how many rows.
    private static List<String> parts(HttpResponse<String> page) {
        return Pattern.compile("<h[1-3][^>]*>[^<]*|<tr")
                .matcher(page.body())
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private HttpRequest request(String path, boolean signedIn) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "*/*");
        return (signedIn ? request.header("Authorization", "Bearer " + Callers.bootstrapToken("cli")) : request)
                .build();
    }

    private double rate(HttpRequest request, int seconds) throws Exception {
        var answers = new LongAdder();
        long begun = System.nanoTime();
        long end = begun + TimeUnit.SECONDS.toNanos(seconds);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int caller = 0; caller < CALLERS; caller++)
                all.add(callers.submit(() -> {
                    while (System.nanoTime() < end) {
                        var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
                        if (answer.statusCode() != 200)
                            throw new IllegalStateException(request.uri() + " answered " + answer.statusCode());
                        answers.increment();
                    }
                    return null;
                }));
            for (var caller : all) caller.get();
        }
        return answers.sum() / ((System.nanoTime() - begun) / 1e9);
    }
}
