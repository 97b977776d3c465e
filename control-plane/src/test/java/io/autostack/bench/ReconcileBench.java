package io.autostack.bench;

import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// One look after all tenants while none, half and all of them are broken, beside the look while none is, in the same
/// run. Goal: within ± 10 %. Repairs are operations and counted apart: switched off while looks are measured, then one
/// look with everything broken says how many it enqueues.
final class ReconcileBench implements Bench.Benchmark {

    private static final int TENANTS = 200;
    private static final int ROUNDS = 6;
    private static final int WARM_UP = 30;
    private static final int LOOKS = 20;
    private static final List<Integer> SHARES = List.of(0, 50, 100);

    /// What was measured at one share of broken tenants.
    private record Measured(int share, Samples wall, Samples cpu, Samples change) {
        Measured(int share) {
            this(share, new Samples(), new Samples(), new Samples());
        }
    }

    @Override
    public void run(Product product) throws Exception {
        product.stop();
        product.setting("AUTOSTACK_UPKEEP_REPAIRS", "0");
        product.start();
        var slugs = onboard(product);
        var all = SHARES.stream().map(Measured::new).toList();
        try (var server = product.platform().postgres().orElseThrow().connectAsSuperuser("autostack")) {
            for (int run = 0; run < WARM_UP; run++) reconcile(product);
            for (int round = 0; round < ROUNDS; round++)
                for (int turn = 0; turn < SHARES.size(); turn++) {
                    var next = all.get((round + turn) % all.size());
                    breakOnly(server, slugs, slugs.size() * next.share() / 100);
                    measure(product, next);
                }
            say(all);
            product.stop();
            product.setting("AUTOSTACK_UPKEEP_REPAIRS", "10");
            product.start();
            breakOnly(server, slugs, slugs.size());
            var answer = reconcile(product);
            Bench.say(
                    "   all broken, repairs on: one run enqueued %d repairs in %d ms, beside %d ms of looking",
                    number(answer, "enqueued"), number(answer, "enqueueingMs"), number(answer, "tookMs"));
            breakOnly(server, slugs, 0);
        }
    }

    private static void measure(Product product, Measured into) throws Exception {
        into.change().add(number(reconcile(product), "tookMs"));
        reconcile(product);
        var before = product.cpu();
        for (int run = 0; run < LOOKS; run++) {
            long begun = System.nanoTime();
            reconcile(product);
            into.wall().add((System.nanoTime() - begun) / 1e6);
        }
        into.cpu().add(product.cpu().minus(before).toNanos() / 1e6 / LOOKS);
    }

    private static void say(List<Measured> all) {
        var well = all.getFirst();
        Bench.say("   %d tenants, %d looks each, 4 kinds of things in 4 questions", TENANTS, ROUNDS * LOOKS);
        for (var measured : all)
            Bench.say(
                    "   %3d %% broken: wall p50 %.1f ms (ratio %.3f), CPU %.1f ms (ratio %.3f); the look that met the"
                            + " change %.0f ms",
                    measured.share(),
                    measured.wall().median(),
                    measured.wall().median() / well.wall().median(),
                    measured.cpu().median(),
                    measured.cpu().median() / well.cpu().median(),
                    measured.change().median());
        Bench.say("   goal: ratios 0.90 to 1.10");
    }

    private static List<String> onboard(Product product) throws Exception {
        var run = Long.toString(System.nanoTime(), 36);
        var slugs = new ArrayList<String>();
        for (int i = 0; i < TENANTS; i++) {
            var slug = "r" + run + "x" + i;
            var accepted = product.send(product.request("/api/v1/tenants")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"name\":\"Bench\",\"slug\":\"%s\",\"plan\":\"starter\",\"adminEmail\":\"r@example.com\"}"
                                    .formatted(slug)))
                    .build());
            if (accepted.statusCode() != 202) throw new IllegalStateException("refused: " + accepted.body());
            slugs.add(slug);
        }
        for (var slug : slugs)
            while (!product.send(product.request("/api/v1/tenants/" + slug).build())
                    .body()
                    .contains("\"status\":\"active\"")) TimeUnit.MILLISECONDS.sleep(20);
        return slugs;
    }

    /// The first so many are broken in three points each, the others are as they should be.
    private static void breakOnly(Connection server, List<String> slugs, int broken) throws SQLException {
        try (var statement = server.createStatement()) {
            for (int i = 0; i < slugs.size(); i++) {
                var name = database(statement, slugs.get(i));
                var host = slugs.get(i) + ".localhost";
                if (i < broken) {
                    statement.execute("alter database " + name + " connection limit 99");
                    statement.execute("grant connect on database " + name + " to public");
                    statement.execute("delete from provisioning.route where host = '" + host + "'");
                } else {
                    statement.execute("alter database " + name + " connection limit 10");
                    statement.execute("revoke connect on database " + name + " from public");
                    statement.execute("insert into provisioning.route (host, tenant_id) select '" + host
                            + "', id from tenancy.tenant where slug = '" + slugs.get(i) + "' on conflict do nothing");
                }
            }
        }
    }

    private static String database(Statement statement, String slug) throws SQLException {
        try (var row = statement.executeQuery("select database_name from tenancy.tenant where slug = '" + slug + "'")) {
            row.next();
            return row.getString(1);
        }
    }

    private static String reconcile(Product product) throws Exception {
        var answer = product.send(product.request("/api/v1/reconciliations")
                .timeout(Duration.ofMinutes(1))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        if (answer.statusCode() != 200) throw new IllegalStateException("no look: " + answer.body());
        return answer.body();
    }

    private static long number(String answer, String member) {
        var match = Pattern.compile("\"" + member + "\":(\\d+)").matcher(answer);
        if (!match.find()) throw new IllegalStateException("no " + member + " in " + answer);
        return Long.parseLong(match.group(1));
    }
}
