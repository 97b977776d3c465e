package io.autostack.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Durations or rates of one kind, collected over a run.
public final class Samples {

    private final List<Double> values = new ArrayList<>();

    public void add(double value) {
        values.add(value);
    }

    public double median() {
        return quantile(0.5);
    }

    double p95() {
        return quantile(0.95);
    }

    int count() {
        return values.size();
    }

    private double quantile(double share) {
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.min(sorted.size() - 1, Math.round(share * (sorted.size() - 1))));
    }
}
