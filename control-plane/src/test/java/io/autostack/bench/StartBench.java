package io.autostack.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Start to ready and memory, with the AOT cache and without, beside a bare JVM and the identity provider of the same
/// run: another Quarkus application that everybody knows.
final class StartBench implements Bench.Benchmark {

    private static final int STARTS = 5;

    /// By then what compilers needed has been given back.
    private static final int REST_SECONDS = 15;

    /// What was measured of starts of one kind.
    private record Starts(Samples seconds, Samples processor, Samples resident, Samples own) {

        Starts() {
            this(new Samples(), new Samples(), new Samples(), new Samples());
        }

        void say(String kind, double bare) {
            Bench.say(
                    "   %s: start to ready, migrations applied: median %.2f s of %d (slowest %.2f s), %.1f times the"
                            + " bare JVM; processor %.2f s",
                    kind,
                    seconds.median(),
                    seconds.count(),
                    seconds.p95(),
                    seconds.median() / bare,
                    processor.median());
            Bench.say(
                    "   %s: resident memory when ready: median %.0f MB, of which %.0f MB are its own and the rest are"
                            + " mapped files",
                    kind, resident.median(), own.median());
        }
    }

    @Override
    public void run(Product product) throws Exception {
        product.start();
        product.stop();
        var bare = new Samples();
        var cached = new Starts();
        var without = new Starts();
        // In turns, so that a busy minute of the machine meets all of them.
        for (int start = 0; start < STARTS; start++) {
            bare.add(bareJvm());
            measure(product, without, false);
            measure(product, cached, true);
        }
        Bench.say("   a JVM that says hello: median %.3f s of %d", bare.median(), bare.count());
        without.say("without AOT cache", bare.median());
        cached.say("with AOT cache", bare.median());
        Bench.say(
                "   with the cache / without: %.2f of the time, %.2f of the processor",
                cached.seconds().median() / without.seconds().median(),
                cached.processor().median() / without.processor().median());
        product.start();
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        Bench.say(
                "   with AOT cache: resident memory %d s later: %d MB, of which %d MB are its own",
                REST_SECONDS, product.residentMb(), product.ownMb());
        product.stop();
        var peer = product.platform().keycloak().orElseThrow().running();
        long peerMb = Product.residentMb(peer.pid());
        Bench.say(
                "   Keycloak beside it has %d MB resident; ratio %.2f",
                peerMb, cached.resident().median() / peerMb);
    }

    private static void measure(Product product, Starts starts, boolean cache) throws Exception {
        product.useCache(cache);
        starts.seconds().add(product.start());
        starts.processor().add(product.cpu().toMillis() / 1e3);
        starts.resident().add(product.residentMb());
        starts.own().add(product.ownMb());
        product.stop();
    }

    private static double bareJvm() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var words =
                List.of(java, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Hello.class.getName());
        long begun = System.nanoTime();
        var process = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0)
            throw new IllegalStateException("a JVM could not say hello");
        return (System.nanoTime() - begun) / 1e9;
    }

    /// The least that a JVM can do.
    static final class Hello {

        private Hello() {}

        public static void main(String[] none) {
            System.out.println("hello");
        }
    }
}
