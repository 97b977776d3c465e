package io.autostack.costs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Price book 1 as its migrations write it, for tests without a database.
public final class SeededPrices {

    private static final String PRICES = "/db/control-plane/costs/V202611201041__costs_price_book_1.sql";
    private static final String WORDS = "/db/control-plane/costs/V202611290830__costs_words_of_what_is_left_out.sql";
    private static final String TEXT = "'((?:[^']|'')*)'";
    private static final Pattern PRICE = Pattern.compile("\\(1, " + TEXT + ", " + TEXT + ", " + TEXT
            + ", ([0-9.]+), 'USD', " + TEXT + ", " + TEXT + ", (?:date '([0-9-]+)'|null), ([0-9]+), ([0-9]+|null)\\)");
    private static final Pattern LEFT_OUT = Pattern.compile("\\(1, [0-9]+, " + TEXT + ", " + TEXT + "\\)");

    private SeededPrices() {}

    public static PriceBook book() {
        var sql = migration(PRICES);
        return new PriceBook(
                1,
                LocalDate.parse("2026-02-15"),
                "us-east-1",
                Currency.getInstance("USD"),
                730,
                "003 Appendix A, completed from 000, 001 and 004",
                PRICE.matcher(sql).results().map(SeededPrices::price).toList(),
                leftOut(sql + migration(WORDS)));
    }

    private static List<PriceBook.LeftOut> leftOut(String sql) {
        var why = new LinkedHashMap<String, String>();
        LEFT_OUT.matcher(sql).results().forEach(found -> why.put(found.group(1), found.group(2)));
        return why.entrySet().stream()
                .map(left -> new PriceBook.LeftOut(left.getKey(), left.getValue()))
                .toList();
    }

    private static UnitPrice price(MatchResult found) {
        var asOf = found.group(7);
        var upTo = found.group(9);
        return new UnitPrice(
                text(found.group(1)),
                text(found.group(2)),
                text(found.group(3)),
                new BigDecimal(found.group(4)),
                text(found.group(5)),
                text(found.group(6)),
                asOf == null ? null : LocalDate.parse(asOf),
                new BigDecimal(found.group(8)),
                upTo.equals("null") ? null : new BigDecimal(upTo));
    }

    private static String text(String quoted) {
        return quoted.replace("''", "'");
    }

    private static String migration(String name) {
        try (var file = SeededPrices.class.getResourceAsStream(name)) {
            if (file == null) throw new IllegalStateException("not on the class path: " + name);
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
