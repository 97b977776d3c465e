package io.autostack.provisioning.cloud;

/// Between how many copies of a container may run.
///
/// @param min how many always run, 0 to 1,000
/// @param max how many may run under load, at least 1
public record Replicas(int min, int max) {

    public static final Replicas ONE = new Replicas(1, 1);

    public Replicas {
        if (min < 0 || max < 1 || max < min)
            throw new IllegalArgumentException("between " + min + " and " + max + " copies cannot be");
    }

    public boolean scales() {
        return max > min;
    }
}
