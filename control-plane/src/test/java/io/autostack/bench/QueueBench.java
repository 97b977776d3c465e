package io.autostack.bench;

import java.net.http.HttpRequest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A hundred onboardings asked for at once, beside as many bare `CREATE DATABASE` over as many connections as the
/// worker
/// has threads. Goal: at least half the rate.
final class QueueBench implements Bench.Benchmark {

    private static final int QUEUED = 100;
    private static final int THREADS = 4;
    private static final int PAIRS = 3;

    @Override
    public void run(Product product) throws Exception {
        product.start();
        var ours = new Samples();
        var bare = new Samples();
        for (int pair = -1; pair < PAIRS; pair++) {
            var run = Long.toString(System.nanoTime(), 36);
            double floor = databasesPerSecond(product, "bare_" + run);
            double onboardings = onboardingsPerSecond(product, "q" + run);
            if (pair < 0) continue;
            bare.add(floor);
            ours.add(onboardings);
        }
        Bench.say("   bare CREATE DATABASE, %d at a time: median %.1f/s", THREADS, bare.median());
        Bench.say("   %d queued onboardings:             median %.1f/s", QUEUED, ours.median());
        Bench.say("   ratio %.2f (goal ≥ 0.5)", ours.median() / bare.median());
    }

    private static double onboardingsPerSecond(Product product, String run) throws Exception {
        long begun = System.nanoTime();
        all(number -> {
            var body = "{\"name\":\"Queue\",\"slug\":\"%s-%d\",\"plan\":\"starter\",\"adminEmail\":\"q@example.com\"}"
                    .formatted(run, number);
            var accepted = product.send(product.request("/api/v1/tenants")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build());
            if (accepted.statusCode() != 202) throw new IllegalStateException("onboarding refused: " + accepted.body());
        });
        for (int number = 0; number < QUEUED; number++) {
            var look = product.request("/api/v1/tenants/" + run + "-" + number).build();
            while (!product.send(look).body().contains("\"status\":\"active\"")) TimeUnit.MILLISECONDS.sleep(5);
        }
        return QUEUED / ((System.nanoTime() - begun) / 1e9);
    }

    private static double databasesPerSecond(Product product, String run) throws Exception {
        long begun = System.nanoTime();
        all(number -> onServer(product, "create database " + run + "_" + number));
        double rate = QUEUED / ((System.nanoTime() - begun) / 1e9);
        all(number -> onServer(product, "drop database " + run + "_" + number));
        return rate;
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
