package io.autostack.bench;

/// Start to ready and resident memory, beside the identity provider of the same run: another Quarkus application that
/// everybody knows.
final class StartBench implements Bench.Benchmark {

    private static final int STARTS = 5;

    @Override
    public void run(Product product) throws Exception {
        product.start();
        product.stop();
        var seconds = new Samples();
        var memory = new Samples();
        for (int start = 0; start < STARTS; start++) {
            seconds.add(product.start());
            memory.add(product.residentMb());
            product.stop();
        }
        var peer = product.platform().keycloak().orElseThrow().running();
        long peerMb = Product.residentMb(peer.pid());
        Bench.say(
                "   start to ready, migrations applied: median %.2f s of %d (slowest %.2f s)",
                seconds.median(), seconds.count(), seconds.p95());
        Bench.say(
                "   resident memory when ready: median %.0f MB; Keycloak beside it %d MB; ratio %.2f",
                memory.median(), peerMb, memory.median() / peerMb);
    }
}
