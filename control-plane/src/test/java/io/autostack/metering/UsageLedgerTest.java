package io.autostack.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PlatformDatabase.Extension.class)
class UsageLedgerTest {

    private static final Period NOVEMBER = new Period(YearMonth.of(2026, 11));
    private static final Period DECEMBER = new Period(YearMonth.of(2026, 12));

    private final UUID tenant = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final PlatformDatabase database;
    private final UsageLedger ledger;

    UsageLedgerTest(PlatformDatabase database) {
        this.database = database;
        this.ledger = new UsageLedger(database.platform());
    }

    @Test
    void a_new_event_is_counted() {
        ledger.add(List.of(event(tenant, "a", "3.5")));

        assertThat(total(NOVEMBER)).isEqualByComparingTo("3.5");
    }

    @Test
    void only_new_events_are_answered_as_counted() {
        ledger.add(List.of(event(tenant, "a", "1")));

        assertThat(ledger.add(List.of(event(tenant, "a", "1"), event(tenant, "b", "1"))))
                .extracting(UsageEvent.Key::id)
                .containsExactly("b");
    }

    @Test
    void a_repeated_event_is_not_counted_again_even_with_another_quantity() {
        ledger.add(List.of(event(tenant, "a", "1")));
        ledger.add(List.of(event(tenant, "a", "9")));

        assertThat(total(NOVEMBER)).isEqualByComparingTo("1");
    }

    @Test
    void the_same_id_at_another_tenant_is_another_event() {
        assertThat(ledger.add(List.of(event(tenant, "a", "1"), event(other, "a", "1"))))
                .hasSize(2);
    }

    @Test
    void an_event_counts_in_the_month_in_which_it_happened() {
        ledger.add(List.of(
                event(tenant, "last moment", "1", "2026-11-30T23:59:59Z"),
                event(tenant, "first moment", "10", "2026-12-01T00:00:00Z")));

        assertThat(List.of(total(NOVEMBER), total(DECEMBER)))
                .containsExactly(new BigDecimal("1"), new BigDecimal("10"));
    }

    @Test
    void the_days_of_a_month_add_up_to_it_and_a_repeated_event_counts_on_no_day() {
        ledger.add(List.of(
                event(tenant, "a", "1", "2026-11-03T23:59:59Z"),
                event(tenant, "b", "2.5", "2026-11-04T00:00:00Z"),
                event(tenant, "c", "4", "2026-11-04T12:00:00Z"),
                event(tenant, "d", "8", "2026-12-01T00:00:00Z"),
                event(other, "a", "16", "2026-11-04T12:00:00Z")));
        ledger.add(List.of(
                event(tenant, "c", "4", "2026-11-04T12:00:00Z"), event(tenant, "e", "0.5", "2026-11-04T23:00:00Z")));

        assertThat(ledger.days(tenant, NOVEMBER).values())
                .containsExactly(Map.of(
                        LocalDate.of(2026, 11, 3), new BigDecimal("1"),
                        LocalDate.of(2026, 11, 4), new BigDecimal("7")));
        assertThat(total(NOVEMBER)).isEqualByComparingTo("8");
    }

    @Test
    void m09_a_month_is_one_in_utc_wherever_the_server_or_the_session_is() {
        var here = TimeZone.getDefault();
        try {
            // The driver tells the session.
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            ledger.add(List.of(event(tenant, "still november", "1", "2026-11-30T23:59:59Z")));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Pago_Pago"));
            ledger.add(List.of(event(tenant, "december", "10", "2026-12-01T00:00:00Z")));

            assertThat(List.of(total(NOVEMBER), total(DECEMBER)))
                    .containsExactly(new BigDecimal("1"), new BigDecimal("10"));
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @Test
    void the_largest_quantities_add_up_exactly() {
        ledger.add(List.of(
                event(tenant, "a", "99999999999999.999999"),
                event(tenant, "b", "99999999999999.999999"),
                event(tenant, "c", "0.000002")));

        assertThat(total(NOVEMBER)).isEqualByComparingTo("200000000000000");
    }

    @Test
    void the_same_events_from_many_sides_at_once_are_counted_once() throws Exception {
        var events = IntStream.range(0, 400)
                .mapToObj(i -> event(i % 2 == 0 ? tenant : other, "e" + i, "1"))
                .toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var sides = IntStream.range(0, 16)
                    .mapToObj(side -> threads.submit(() -> ledger.add(shuffled(events, side))))
                    .toList();
            for (var side : sides) side.get();
        }

        assertThat(total(NOVEMBER)).isEqualByComparingTo("200");
    }

    @Test
    void a_scope_of_one_tenant_sees_nothing_of_another() {
        ledger.add(List.of(event(tenant, "a", "1")));

        assertThat(new UsageLedger(database.ofTenant(other)).totals(tenant, NOVEMBER))
                .isEmpty();
    }

    @Test
    void a_scope_of_one_tenant_cannot_count_for_another() {
        var narrow = new UsageLedger(database.ofTenant(other));

        assertThatThrownBy(() -> narrow.add(List.of(event(tenant, "a", "1"))))
                .hasRootCauseMessage("ERROR: new row violates row-level security policy for table \"usage_event\"");
    }

    private BigDecimal total(Period period) {
        return ledger.totals(tenant, period).getOrDefault("api-requests", BigDecimal.ZERO);
    }

    private static List<UsageEvent> shuffled(List<UsageEvent> events, int seed) {
        var shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    private static UsageEvent event(UUID tenant, String id, String quantity) {
        return event(tenant, id, quantity, "2026-11-20T12:00:00Z");
    }

    private static UsageEvent event(UUID tenant, String id, String quantity, String at) {
        return new UsageEvent(tenant, "/test", id, "api-requests", new BigDecimal(quantity), Instant.parse(at), "{}");
    }
}
