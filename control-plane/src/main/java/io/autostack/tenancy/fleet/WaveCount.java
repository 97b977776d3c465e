package io.autostack.tenancy.fleet;

/// How far one wave is: its tenants by state.
record WaveCount(int wave, int waiting, int running, int done, int failed, int skipped) {

    boolean finished() {
        return waiting + running + failed == 0;
    }

    int total() {
        return waiting + running + done + failed + skipped;
    }
}
