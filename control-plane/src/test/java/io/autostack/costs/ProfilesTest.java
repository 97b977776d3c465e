package io.autostack.costs;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The specification's profiles, recomputed from unit prices: what each row and each total must come to.
class ProfilesTest {

    private static final PriceBook BOOK = BundledPriceBook.read();

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("itemisedRows")
    void a_row_costs_what_its_unit_prices_say(String profile, String component) {
        var row = rows(profile).stream()
                .filter(candidate -> candidate.getField("component").equals(component))
                .findFirst()
                .orElseThrow();

        var estimate = Estimate.of(BOOK, List.of(infrastructure(row)));

        assertThat(estimate.low().amount()).isEqualTo(row.getField("recomputed_cost"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"poc-1", "poc-5", "prod-1", "prod-5", "prod-10", "prod-25", "prod-50", "prod-100"})
    void a_profile_costs_the_sum_of_its_rounded_rows(String profile) {
        var total =
                rows(profile).stream().filter(ProfilesTest::isTotal).findFirst().orElseThrow();

        var estimate = Estimate.of(
                BOOK,
                rows(profile).stream()
                        .filter(row -> !isTotal(row))
                        .map(ProfilesTest::infrastructure)
                        .toList());

        assertThat(estimate.low().amount()).isEqualTo(total.getField("recomputed_cost"));
    }

    static Stream<Arguments> itemisedRows() {
        return SpecificationFile.read("profiles.csv").stream()
                .filter(row -> !isTotal(row))
                .map(row -> Arguments.of(row.getField("profile"), row.getField("component")));
    }

    private static List<NamedCsvRecord> rows(String profile) {
        return SpecificationFile.read("profiles.csv").stream()
                .filter(row -> row.getField("profile").equals(profile))
                .toList();
    }

    private static boolean isTotal(NamedCsvRecord row) {
        return row.getField("component").equals("TOTAL");
    }

    private static Infrastructure infrastructure(NamedCsvRecord row) {
        var component = row.getField("component");
        var text = row.getField("configuration");
        return switch (component) {
            case "Application Containers" ->
                new Infrastructure.Containers(
                        component,
                        LowHigh.of(whole("(\\d+) tasks?", text), Math.max(whole("(\\d+) tasks?", text), most(text))),
                        number("x ([0-9.]+) vCPU", text),
                        number("/ ([0-9.]+) GB", text));
            case "Database" ->
                new Infrastructure.DatabaseServers(
                        component,
                        (int) whole("(\\d+) x db", text),
                        word("(db\\.[a-z0-9]+\\.[a-z]+)", text),
                        text.contains("Multi-AZ"),
                        number("(\\d+) GB gp3", text));
            case "Load Balancer" ->
                new Infrastructure.LoadBalancer(
                        component, new Infrastructure.LoadBalancer.Load.Charge(number("usage charge ([0-9.]+)", text)));
            case "Object Storage" ->
                new Infrastructure.ObjectStorage(
                        component,
                        LowHigh.of(number("(\\d+) GB stored", text)),
                        LowHigh.of(number("(\\d+)K requests", text)));
            case "Monitoring" ->
                new Infrastructure.Monitoring(
                        component,
                        LowHigh.of(number("logs ([0-9.]+) GB", text)),
                        (int) whole("(\\d+) custom metrics", text),
                        (int) whole("(\\d+) alarms", text),
                        (int) whole("(\\d+) dashboards", text));
            case "Secrets" -> new Infrastructure.Secrets(component, (int) whole("(\\d+) secrets", text));
            case "DNS" -> new Infrastructure.Dns(component, 1, LowHigh.of(millions(text)));
            case "Backup Storage" ->
                new Infrastructure.BackupStorage(component, LowHigh.of(number("(\\d+) GB backup", text)));
            case "Data Transfer" ->
                new Infrastructure.Egress(component, LowHigh.of(number("(\\d+) GB outbound", text)));
            default -> throw new IllegalArgumentException(component);
        };
    }

    private static BigDecimal millions(String text) {
        return text.contains("M queries")
                ? number("([0-9.]+)M queries", text)
                : number("([0-9.]+)K queries", text).movePointLeft(3);
    }

    private static long most(String text) {
        return text.contains("maximum") ? whole("maximum (\\d+)", text) : 0;
    }

    private static long whole(String pattern, String text) {
        return Long.parseLong(word(pattern, text));
    }

    private static BigDecimal number(String pattern, String text) {
        return new BigDecimal(word(pattern, text));
    }

    private static String word(String pattern, String text) {
        var found = Pattern.compile(pattern).matcher(text);
        if (!found.find()) throw new IllegalArgumentException(pattern + " is not in: " + text);
        return found.group(1);
    }
}
