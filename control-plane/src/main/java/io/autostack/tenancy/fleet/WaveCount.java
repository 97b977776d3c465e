package io.autostack.tenancy.fleet;

/// How far one wave is: its tenants by state.
///
/// @param heldUp how many of those that run are waiting for something of their own
record WaveCount(int wave, int waiting, int running, int done, int failed, int skipped, int heldUp) {

    boolean finished() {
        return waiting + running + failed == 0;
    }

    int total() {
        return waiting + running + done + failed + skipped;
    }
}
