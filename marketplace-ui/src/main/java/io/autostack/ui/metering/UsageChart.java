package io.autostack.ui.metering;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Usage per day as a bar chart, drawn on the server as SVG.
public record UsageChart(String label, String unit, List<Day> days) {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 160;
    private static final int TOP = 12;

    /// How much was used on one day.
    public record Day(LocalDate date, BigDecimal quantity) {}

    /// A rectangle of the drawing; `day` is what it stands for.
    public record Bar(String x, String y, String width, String height, Day day) {}

    public BigDecimal highest() {
        return days.stream().map(Day::quantity).reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    public BigDecimal total() {
        return days.stream().map(Day::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public boolean blank() {
        return highest().signum() == 0;
    }

    public List<Bar> bars() {
        var bars = new ArrayList<Bar>();
        var slot = BigDecimal.valueOf(WIDTH).divide(BigDecimal.valueOf(Math.max(1, days.size())), 3, RoundingMode.DOWN);
        var margin = slot.multiply(new BigDecimal("0.1"));
        for (var i = 0; i < days.size(); i++) {
            var height = height(days.get(i).quantity());
            bars.add(new Bar(
                    pixels(slot.multiply(BigDecimal.valueOf(i)).add(margin)),
                    pixels(BigDecimal.valueOf(HEIGHT).subtract(height)),
                    pixels(slot.subtract(margin).subtract(margin)),
                    pixels(height),
                    days.get(i)));
        }
        return bars;
    }

    private BigDecimal height(BigDecimal quantity) {
        if (blank() || quantity.signum() <= 0) return BigDecimal.ZERO;
        return quantity.multiply(BigDecimal.valueOf(HEIGHT - TOP)).divide(highest(), 2, RoundingMode.HALF_UP);
    }

    private static String pixels(BigDecimal value) {
        return value.setScale(1, RoundingMode.HALF_UP).toPlainString();
    }
}
