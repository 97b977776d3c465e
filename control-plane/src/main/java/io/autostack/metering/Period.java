package io.autostack.metering;

import io.autostack.shared.Problem;
import io.autostack.shared.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A calendar month in UTC: what usage is added up over and what is billed.
public record Period(YearMonth month) {

    private static final Pattern FORM = Pattern.compile("2\\d{3}-(0[1-9]|1[0-2])");

    public static Period at(Instant moment) {
        return new Period(YearMonth.from(moment.atOffset(ZoneOffset.UTC)));
    }

    /// Reads what a caller sent, for example `2026-11`.
    ///
    /// @param text null or blank for the current month
    /// @throws ProblemException not a month, or one that has not begun
    public static Period of(@Nullable String text, Instant now) {
        return text == null || text.isBlank() ? at(now) : required(text, now);
    }

    /// Like `of`, for calls that must say which month they mean.
    public static Period required(@Nullable String text, Instant now) {
        if (text == null || !FORM.matcher(text).matches())
            throw Problem.field("period", "must be a month such as 2026-11").exception();
        var period = new Period(YearMonth.parse(text));
        if (period.start().isAfter(now))
            throw Problem.field("period", "lies in the future").exception();
        return period;
    }

    public LocalDate firstDay() {
        return month.atDay(1);
    }

    /// Inclusive.
    public Instant start() {
        return firstDay().atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /// Exclusive.
    public Instant end() {
        return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    public boolean contains(Instant moment) {
        return !moment.isBefore(start()) && moment.isBefore(end());
    }

    @Override
    public String toString() {
        return month.toString();
    }
}
