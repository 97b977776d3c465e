package io.autostack.ui.parts;

import io.quarkus.qute.TemplateExtension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// How templates write JDK values for people: `{usage.used.number}`, `{step.took.lasted}`, `{row.at.moment}`.
@TemplateExtension
public final class Formats {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
    private static final String[] BYTES = {"B", "KB", "MB", "GB", "TB", "PB"};

    private Formats() {}

    /// 1234.50 becomes 1,234.5
    public static String number(BigDecimal number) {
        return Numbers.shortest(number);
    }

    public static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    public static String day(Instant instant) {
        return DAY.format(instant);
    }

    public static String inWords(YearMonth month) {
        return MONTH.format(month);
    }

    /// For the `datetime` attribute; nobody needs more than seconds there.
    public static String machine(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    public static String lasted(Duration duration) {
        var millis = duration.toMillis();
        if (millis < 1_000) return millis + " ms";
        if (millis < 60_000) return BigDecimal.valueOf(millis).movePointLeft(3).setScale(1, RoundingMode.DOWN) + " s";
        var seconds = duration.toSeconds();
        if (seconds < 3_600) return "%d min %02d s".formatted(seconds / 60, seconds % 60);
        return "%d h %02d min".formatted(seconds / 3_600, seconds / 60 % 60);
    }

    public static String bytes(long count) {
        var size = BigDecimal.valueOf(count);
        var unit = 0;
        while (size.compareTo(BigDecimal.valueOf(1_000)) >= 0 && unit < BYTES.length - 1) {
            size = size.movePointLeft(3);
            unit++;
        }
        return Numbers.shortest(size.setScale(unit == 0 ? 0 : 1, RoundingMode.HALF_UP)) + " " + BYTES[unit];
    }

    /// A place on this site or on the web; anything else, such as a script, leads nowhere.
    public static String webLink(String href) {
        var here = href.startsWith("/") && !href.startsWith("//") && !href.startsWith("/\\");
        return here || href.startsWith("http://") || href.startsWith("https://") ? href : "#";
    }

    /// As one path segment or one query value of a link.
    public static String inLink(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
