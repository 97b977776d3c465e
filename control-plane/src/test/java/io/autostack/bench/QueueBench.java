package io.autostack.bench;

import java.net.http.HttpRequest;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A hundred onboardings asked for at once, beside as many bare `CREATE DATABASE` over as many
/// connections as the worker has threads. Goal: at least half the rate. What either has made stays until
/// the end, so that the server has as much to write back for one as for the other.
final class QueueBench implements Bench.Benchmark {

    private static final int QUEUED = 100;
    private static final int THREADS = 4;
    private static final int WARM_UP_ROUNDS = 10;
    private static final int PAIRS = 5;

    /// Milliseconds. Looked for in the database: asking the platform costs it something, which is not what is measured.
    private static final int LOOK_AGAIN = 20;

    @Override
    public void run(Product product) throws Exception {
        product.start();
        warmUp(product);
        var ours = new Samples();
        var bare = new Samples();
        var ratios = new Samples();
        for (int pair = 0; pair < PAIRS; pair++) {
            double floor = databasesPerSecond(product, "bare_" + pair);
            double onboardings = onboardingsPerSecond(product, "queue" + pair);
            Bench.say("   %.1f/s of %.1f/s", onboardings, floor);
            bare.add(floor);
            ours.add(onboardings);
            ratios.add(onboardings / floor);
        }
        Bench.say("   bare CREATE DATABASE, %d at a time: median %.1f/s", THREADS, bare.median());
        Bench.say("   %d queued onboardings:             median %.1f/s", QUEUED, ours.median());
        Bench.say("   ratio, median of %d pairs: %.2f (goal ≥ 0.5)", PAIRS, ratios.median());
    }

    /// As after some hours of work: the operations of a morning, on a hundred tenants that stay.
    private static void warmUp(Product product) throws Exception {
        databasesPerSecond(product, "bare_warm");
        onboardingsPerSecond(product, "warm");
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            change(product, "warm", "suspend", "suspended");
            change(product, "warm", "resume", "active");
        }
    }

    /// From the moment in which all have been asked for; what was done by then does not count.
    private static double onboardingsPerSecond(Product product, String run) throws Exception {
        all(number -> {
            var body = "{\"name\":\"Queue\",\"slug\":\"%s-%d\",\"plan\":\"starter\",\"adminEmail\":\"q@example.com\"}"
                    .formatted(run, number);
            post(product, "/api/v1/tenants", HttpRequest.BodyPublishers.ofString(body));
        });
        long begun = System.nanoTime();
        int done = await(product, run, "active");
        return (QUEUED - done) / ((System.nanoTime() - begun) / 1e9);
    }

    private static void change(Product product, String run, String change, String until) throws Exception {
        all(number -> post(
                product, "/api/v1/tenants/" + run + "-" + number + "/" + change, HttpRequest.BodyPublishers.noBody()));
        await(product, run, until);
    }

    private static void post(Product product, String path, HttpRequest.BodyPublisher body) throws Exception {
        var answer = product.send(product.request(path)
                .header("Content-Type", "application/json")
                .POST(body)
                .build());
        if (answer.statusCode() != 202) throw new IllegalStateException(path + " was refused: " + answer.body());
    }

    /// @return how many there were at first
    private static int await(Product product, String run, String status) throws Exception {
        try (var rows = product.platform().postgres().orElseThrow().connectAsSuperuser("autostack");
                var select = rows.prepareStatement(
                        "select count(*) from tenancy.tenant where starts_with(slug, ?) and status = ?")) {
            select.setString(1, run + "-");
            select.setString(2, status);
            int first = count(select);
            for (int now = first; now < QUEUED; now = count(select)) TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN);
            return first;
        }
    }

    private static int count(PreparedStatement select) throws SQLException {
        try (var row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private static double databasesPerSecond(Product product, String run) throws Exception {
        long begun = System.nanoTime();
        all(number -> onServer(product, "create database " + run + "_" + number));
        return QUEUED / ((System.nanoTime() - begun) / 1e9);
    }

    private static void onServer(Product product, String statement) throws SQLException {
        var environment = product.platform().environment();
        try (var server = DriverManager.getConnection(
                        environment.getOrDefault("AUTOSTACK_CLOUD_LOCAL_URL", ""),
                        environment.get("AUTOSTACK_CLOUD_LOCAL_USER"),
                        environment.get("AUTOSTACK_CLOUD_LOCAL_PASSWORD"));
                var work = server.createStatement()) {
            work.execute(statement);
        }
    }

    private interface Work {
        void with(int number) throws Exception;
    }

    private static void all(Work work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var waiting = new ArrayList<Future<?>>();
            for (int number = 0; number < QUEUED; number++) {
                int mine = number;
                Callable<Boolean> task = () -> {
                    work.with(mine);
                    return true;
                };
                waiting.add(threads.submit(task));
            }
            for (var future : waiting) future.get();
        }
    }
}
