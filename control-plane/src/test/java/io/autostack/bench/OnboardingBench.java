package io.autostack.bench;

import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/// From the request to an active tenant with role, database, secret and route, beside bare `CREATE ROLE` and
/// `CREATE DATABASE` on the same server in the same run. Goal: p95 ÷ bare p50 ≤ 10.
final class OnboardingBench implements Bench.Benchmark {

    /// Some fifteen seconds, in which the compiler has half of the machine.
    private static final int WARM_UP = 60;
    private static final int PAIRS = 40;

    @Override
    public void run(Product product) throws Exception {
        product.start();
        var run = Long.toString(System.nanoTime(), 36);
        var ours = new Samples();
        var bare = new Samples();
        try (var server = server(product)) {
            for (int pair = -WARM_UP; pair < PAIRS; pair++) {
                var name = "b" + run + (pair + WARM_UP);
                double onboarding = onboard(product, name);
                double floor = createAndDrop(server, "bare_" + name);
                if (pair < 0) continue;
                ours.add(onboarding);
                bare.add(floor);
            }
        }
        Bench.say("   bare CREATE ROLE + CREATE DATABASE: p50 %.1f ms, p95 %.1f ms", bare.median(), bare.p95());
        Bench.say("   onboarding, request to active:      p50 %.1f ms, p95 %.1f ms", ours.median(), ours.p95());
        Bench.say(
                "   ratio: p50 %.2f, p95 ÷ bare p50 %.2f (goal ≤ 10)",
                ours.median() / bare.median(), ours.p95() / bare.median());
    }

    private static double onboard(Product product, String slug) throws Exception {
        var body = "{\"name\":\"Bench\",\"slug\":\"%s\",\"plan\":\"starter\",\"adminEmail\":\"bench@example.com\"}"
                .formatted(slug);
        long begun = System.nanoTime();
        var accepted = product.send(product.request("/api/v1/tenants")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        if (accepted.statusCode() != 202) throw new IllegalStateException("onboarding refused: " + accepted.body());
        var run = product.request("/api/v1/tenants/" + slug).build();
        while (true) {
            var tenant = product.send(run).body();
            if (tenant.contains("\"status\":\"active\"")) return (System.nanoTime() - begun) / 1e6;
            if (tenant.contains("\"status\":\"failed\"")) throw new IllegalStateException("onboarding failed: " + slug);
            // Whoever asks oftener takes from the same two cores what the onboarding needs.
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static double createAndDrop(Connection server, String name) throws SQLException {
        try (var statement = server.createStatement()) {
            // Whoever makes a role and gives it a database has to be in it, unlike the platform.
            statement.execute("set createrole_self_grant = 'set, inherit'");
            long begun = System.nanoTime();
            statement.execute("create role " + name);
            statement.execute("create database " + name + " owner " + name);
            double millis = (System.nanoTime() - begun) / 1e6;
            statement.execute("drop database " + name);
            statement.execute("drop role " + name);
            return millis;
        }
    }

    private static Connection server(Product product) throws SQLException {
        var environment = product.platform().environment();
        return DriverManager.getConnection(
                environment.getOrDefault("AUTOSTACK_CLOUD_LOCAL_URL", ""),
                environment.get("AUTOSTACK_CLOUD_LOCAL_USER"),
                environment.get("AUTOSTACK_CLOUD_LOCAL_PASSWORD"));
    }
}
