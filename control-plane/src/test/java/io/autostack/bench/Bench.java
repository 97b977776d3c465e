package io.autostack.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// `./autostack bench [NAME]`: runs one benchmark, or all of them, against the packaged product. Those of the engine
/// and of a page are tests, because their floors are in the same process.
public final class Bench {

    private static final Path HOME = Path.of("target/bench");

    private Bench() {}

    /// One benchmark; prints its figures itself.
    interface Benchmark {
        void run(Product product) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("start", new StartBench());
        all.put("onboarding", new OnboardingBench());
        all.put("queue", new QueueBench());
        all.put("reconcile", new ReconcileBench());
        all.put("plans", new PlansBench());
        var wanted = arguments.length == 0 || arguments[0].isBlank() ? "all" : arguments[0];
        if (!wanted.equals("all") && !all.containsKey(wanted)) {
            System.err.println(
                    "there is no benchmark " + wanted + "; there are engine, page, " + String.join(", ", all.keySet()));
            System.exit(2);
        }
        // What an earlier run left would be measured along: each tenant is a role and a database more.
        remove(HOME);
        try (var product = Product.prepare(HOME)) {
            for (var entry : all.entrySet()) {
                if (!wanted.equals("all") && !wanted.equals(entry.getKey())) continue;
                say("%n== %s   (load average %.2f before)", entry.getKey(), load());
                entry.getValue().run(product);
                say("   load average %.2f after", load());
            }
        }
    }

    public static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    /// Of the last minute.
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
