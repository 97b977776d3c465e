package io.autostack.bench;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Requests per second of the tenant page, beside the liveness endpoint of the same server, which does nothing.
/// The load comes from the same machine.
final class PageBench implements Bench.Benchmark {

    private static final int CALLERS = 8;
    private static final int PAIRS = 5;
    private static final int WARM_UP_SECONDS = 8;
    private static final int SECONDS = 3;

    @Override
    public void run(Product product) throws Exception {
        product.start();
        var slug = "p" + Long.toString(System.nanoTime(), 36);
        var accepted = product.send(product.request("/api/v1/tenants")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"Page\",\"slug\":\"%s\",\"plan\":\"business\",\"adminEmail\":\"page@example.com\"}"
                                .formatted(slug)))
                .build());
        if (accepted.statusCode() != 202) throw new IllegalStateException("onboarding refused: " + accepted.body());
        var page = product.request("/tenants/" + slug)
                .header("Accept", "text/html")
                .build();
        var nothing = product.request("/q/health/live").build();
        rate(product, nothing, WARM_UP_SECONDS);
        rate(product, page, WARM_UP_SECONDS);
        var pages = new Samples();
        var empties = new Samples();
        for (int pair = 0; pair < PAIRS; pair++) {
            empties.add(rate(product, nothing, SECONDS));
            pages.add(rate(product, page, SECONDS));
        }
        Bench.say("   empty endpoint: median %.0f requests/s of %d pairs", empties.median(), PAIRS);
        Bench.say(
                "   tenant page:    median %.0f requests/s; ratio %.2f",
                pages.median(), pages.median() / empties.median());
    }

    private static double rate(Product product, HttpRequest request, int seconds) throws Exception {
        var answers = new LongAdder();
        long begun = System.nanoTime();
        long end = begun + TimeUnit.SECONDS.toNanos(seconds);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int caller = 0; caller < CALLERS; caller++)
                all.add(callers.submit(() -> {
                    while (System.nanoTime() < end) {
                        var answer = product.client().send(request, HttpResponse.BodyHandlers.discarding());
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
