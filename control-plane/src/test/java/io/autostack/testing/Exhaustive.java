package io.autostack.testing;

/// How much the suite tries of what is the same again and again: all of it with `./autostack test --exhaustive`, which
/// sets `autostack.test.exhaustive`, and a sample that finds each sort of mistake otherwise (decision 0039).
public final class Exhaustive {

    private Exhaustive() {}

    /// Whether nothing is left out.
    public static boolean isAsked() {
        return Boolean.getBoolean("autostack.test.exhaustive");
    }
}
