package io.autostack.bench;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/// Requests per second of each page, beside one indexed select and the same template with the same data on the same
/// server. Goal: half of that. The load comes from the same machine.
final class PageBench implements Bench.Benchmark {

    private static final int CALLERS = 8;
    private static final int PAIRS = 5;
    private static final int TENANTS = 30;
    private static final int WARM_UP_SECONDS = 4;
    private static final int SECONDS = 1;
    private static final Pattern OPERATION = Pattern.compile("\"operation\":\"([0-9a-f-]{36})\"");

    /// Of one page.
    private record Rates(Samples pages, Samples floors) {}

    @Override
    public void run(Product product) throws Exception {
        product.stop();
        product.setting("AUTOSTACK_BENCH_FLOOR", "true");
        product.start();
        var pages = pages(product);
        var rates = new LinkedHashMap<String, Rates>();
        for (var page : pages.entrySet()) {
            rate(product, page(product, page.getValue()), WARM_UP_SECONDS);
            rate(product, floor(product, page.getValue()), WARM_UP_SECONDS);
            rates.put(page.getKey(), new Rates(new Samples(), new Samples()));
        }
        for (int pair = 0; pair < PAIRS; pair++)
            for (var page : pages.entrySet()) {
                var into = rates.getOrDefault(page.getKey(), new Rates(new Samples(), new Samples()));
                into.floors().add(rate(product, floor(product, page.getValue()), SECONDS));
                into.pages().add(rate(product, page(product, page.getValue()), SECONDS));
            }
        Bench.say("   %d tenants, %d callers, medians of %d pairs", TENANTS, CALLERS, PAIRS);
        rates.forEach((page, measured) -> Bench.say(
                "   %-16s %5.0f requests/s; one select and the template %5.0f; ratio %.2f (goal ≥ 0.5)",
                page,
                measured.pages().median(),
                measured.floors().median(),
                measured.pages().median() / measured.floors().median()));
    }

    /// Title and address. The tenant of the page has two apps.
    private static Map<String, String> pages(Product product) throws Exception {
        var run = Long.toString(System.nanoTime(), 36);
        var slugs = new ArrayList<String>();
        var operation = "";
        for (int tenant = 0; tenant < TENANTS; tenant++) {
            var slug = "p" + run + tenant;
            operation = operation(post(
                    product,
                    "/api/v1/tenants",
                    "{\"name\":\"Page\",\"slug\":\"%s\",\"plan\":\"business\",\"adminEmail\":\"page@example.com\"}"
                            .formatted(slug)));
            slugs.add(slug);
        }
        for (var slug : slugs)
            while (!get(product, "/api/v1/tenants/" + slug).contains("\"status\":\"active\""))
                TimeUnit.MILLISECONDS.sleep(20);
        var shown = "/api/v1/tenants/" + slugs.getFirst();
        for (var app : List.of("Shop", "Blog")) {
            var plan = post(
                    product,
                    shown + "/deployment-plans",
                    "{\"template\":\"nextjs-postgresql\",\"name\":\"%s\"}".formatted(app));
            var id = plan.replaceFirst("(?s).*?\"id\":\"([0-9a-f-]{36})\".*", "$1");
            var deploying = operation(post(product, shown + "/deployments", "{\"plan\":\"%s\"}".formatted(id)));
            while (!get(product, "/api/v1/operations/" + deploying).contains("\"state\":\"done\""))
                TimeUnit.MILLISECONDS.sleep(20);
        }
        var pages = new LinkedHashMap<String, String>();
        pages.put("tenant", "/tenants/" + slugs.getFirst());
        pages.put("home", "/");
        pages.put("tenants", "/tenants");
        pages.put("operation", "/operations/" + operation);
        pages.put("plugins", "/plugins");
        pages.put("marketplace", "/marketplace");
        pages.put("fleet", "/fleet");
        return pages;
    }

    private static String operation(String answer) {
        var match = OPERATION.matcher(answer);
        if (!match.find()) throw new IllegalStateException("no operation in " + answer);
        return match.group(1);
    }

    private static String post(Product product, String path, String body) throws Exception {
        var answer = product.send(product.request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        if (answer.statusCode() / 100 != 2) throw new IllegalStateException(path + " refused: " + answer.body());
        return answer.body();
    }

    private static String get(Product product, String path) throws Exception {
        return product.send(product.request(path).build()).body();
    }

    private static HttpRequest page(Product product, String path) throws Exception {
        return product.request(path).header("Accept", "text/html").build();
    }

    private static HttpRequest floor(Product product, String path) throws Exception {
        return page(product, path + "?floor");
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
