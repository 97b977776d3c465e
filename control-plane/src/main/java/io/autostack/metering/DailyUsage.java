package io.autostack.metering;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/// What a tenant used on one meter, day by day.
///
/// @param days every day of the month that has begun, also those without use
public record DailyUsage(String meter, String title, String unit, List<Day> days) {

    public DailyUsage {
        days = List.copyOf(days);
    }

    /// One day in UTC.
    public record Day(LocalDate date, BigDecimal used) {}
}
