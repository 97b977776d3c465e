package io.autostack.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.audit.Audit;
import io.autostack.shared.Scopes;
import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What was used is forgotten event by event once nobody can need it; what it came to stays for ever.
@QuarkusTest
class OldUsageEventsTest {

    private static final Period LONG_OVER = new Period(YearMonth.of(2021, 3));

    private final UUID tenant = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    @Inject
    OldUsageEvents task;

    @Inject
    UsageRetention retention;

    @Inject
    UsageLedger ledger;

    @Inject
    Audit audit;

    @Inject
    Scopes scopes;

    @Inject
    InstantSource clock;

    @Test
    void events_of_a_month_that_is_long_over_go_and_their_total_stays() throws SQLException {
        add(tenant, "a", "3.5", LONG_OVER.start());
        add(tenant, "b", "4", LONG_OVER.end().minusSeconds(1));

        task.run();

        assertThat(events(tenant)).isEmpty();
        assertThat(total(tenant, LONG_OVER)).isEqualByComparingTo("7.5");
    }

    @Test
    void events_of_this_month_and_of_those_before_it_stay() throws SQLException {
        var young = Period.at(clock.instant());
        add(tenant, "now", "1", clock.instant());
        add(tenant, "first moment", "1", young.start());
        add(tenant, "last month", "1", young.start().minusSeconds(1));
        add(tenant, "two months ago", "1", new Period(young.month().minusMonths(2)).start());
        add(tenant, "long ago", "1", LONG_OVER.start());

        task.run();

        assertThat(events(tenant)).containsExactly("first moment", "last month", "now", "two months ago");
    }

    @Test
    void an_event_that_is_kept_is_still_a_duplicate() {
        var at = Period.at(clock.instant()).start();
        add(tenant, "a", "1", at);

        task.run();

        assertThat(scopes.inPlatform(() -> ledger.add(List.of(event(tenant, "a", "1", at)))))
                .isEmpty();
    }

    @Test
    void history_says_how_many_of_which_month_were_removed() throws SQLException {
        add(tenant, "a", "1", LONG_OVER.start());
        add(tenant, "b", "1", LONG_OVER.start());

        task.run();
        task.run();

        assertThat(removals(tenant)).containsExactly("2021-03 2");
    }

    @Test
    void a_month_of_many_events_goes_in_several_transactions() throws SQLException {
        many(tenant, 2_500);

        task.run();

        assertThat(events(tenant)).isEmpty();
        assertThat(removals(tenant)).containsExactly("2021-03 2500");
        assertThat(total(tenant, LONG_OVER)).isEqualByComparingTo("2500");
    }

    @Test
    void several_replicas_at_once_remove_each_event_once() throws Exception {
        many(tenant, 2_500);
        many(other, 2_500);

        try (var replicas = Executors.newFixedThreadPool(4)) {
            for (var done : IntStream.range(0, 4)
                    .mapToObj(replica -> replicas.submit(task::run))
                    .toList()) done.get();
        }
        task.run();

        assertThat(events(tenant)).isEmpty();
        assertThat(events(other)).isEmpty();
        assertThat(removals(tenant).stream()
                        .mapToInt(OldUsageEventsTest::number)
                        .sum())
                .isLessThanOrEqualTo(2_500)
                .isPositive();
    }

    @Test
    void whoever_acts_for_one_tenant_removes_nothing_of_another() throws SQLException {
        add(tenant, "a", "1", LONG_OVER.start());
        add(other, "a", "1", LONG_OVER.start());

        var result = scopes.inTenant(tenant, () -> retention.removeSome(new UsageRetention.Month(other, LONG_OVER), 0));

        assertThat(result).isEqualTo(new UsageRetention.Result(0, true));
        assertThat(scopes.inTenant(tenant, () -> retention.due(Duration.ofDays(90), 100)))
                .containsExactly(new UsageRetention.Month(tenant, LONG_OVER));
        assertThat(events(other)).containsExactly("a");
    }

    @Test
    void the_database_itself_refuses_to_forget_what_may_be_reported_again() throws SQLException {
        add(tenant, "young", "1", Period.at(clock.instant()).start());
        add(tenant, "old", "1", LONG_OVER.start());

        try (var application = Server.asApplication(tenant.toString(), null)) {
            TenantDatabase.execute(application, "delete from metering.usage_event");
        }

        assertThat(events(tenant)).containsExactly("young");
    }

    @Test
    void a_month_that_is_over_is_exported_and_shown_as_before() throws SQLException {
        var slug = Onboarding.activeTenant("professional", "alice@example.com");
        String id = Callers.operator().get("/api/v1/tenants/" + slug).path("id");
        Server.execute(
                "autostack",
                "update tenancy.tenant_history set since = '2021-01-15T12:00:00Z' where tenant_id = '" + id + "'");
        add(UUID.fromString(id), "a", "12.25", LONG_OVER.start());
        add(UUID.fromString(id), "b", "30", LONG_OVER.end().minusSeconds(1));
        var exported = export();
        var used = used(slug);
        assertThat(exported).contains(slug);
        assertThat(used).contains("42.25");

        task.run();

        assertThat(events(UUID.fromString(id))).isEmpty();
        assertThat(export()).isEqualTo(exported);
        assertThat(used(slug)).isEqualTo(used);
    }

    @Test
    void events_are_kept_for_as_long_as_they_may_be_reported_again() {
        assertThatThrownBy(() -> keeping(Duration.ofDays(35)).check(new StartupEvent()))
                .hasMessageContaining("36 days or more");
        assertThatNoException().isThrownBy(() -> keeping(Duration.ofDays(36)).check(new StartupEvent()));
    }

    private OldUsageEvents keeping(Duration time) {
        return new OldUsageEvents(retention, audit, scopes, () -> time);
    }

    private void add(UUID tenant, String id, String quantity, Instant at) {
        scopes.inPlatform(() -> ledger.add(List.of(event(tenant, id, quantity, at))));
    }

    private void many(UUID tenant, int number) {
        scopes.inPlatform(() -> ledger.add(IntStream.range(0, number)
                .mapToObj(event -> event(tenant, "e" + event, "1", LONG_OVER.start()))
                .toList()));
    }

    private static UsageEvent event(UUID tenant, String id, String quantity, Instant at) {
        return new UsageEvent(tenant, "/test", id, "api-requests", new BigDecimal(quantity), at, "{}");
    }

    private BigDecimal total(UUID tenant, Period period) {
        return scopes.inPlatform(() -> ledger.totals(tenant, period)).getOrDefault("api-requests", BigDecimal.ZERO);
    }

    private static List<String> events(UUID tenant) throws SQLException {
        return Server.texts(
                "autostack",
                "select event_id from metering.usage_event where tenant_id = '" + tenant + "' order by event_id");
    }

    private static List<String> removals(UUID tenant) throws SQLException {
        return Server.texts("autostack", """
                select object_id || ' ' || (details ->> 'events') from audit.event
                 where tenant_id = '%s' and action = 'usage.events-removed' order by id
                """.formatted(tenant));
    }

    private static int number(String removal) {
        return Integer.parseInt(removal.substring(removal.indexOf(' ') + 1));
    }

    private static String export() {
        return Callers.finance()
                .accept("text/csv")
                .get("/api/v1/billing/export?period=" + LONG_OVER)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String used(String slug) {
        return Callers.operator()
                .get("/api/v1/tenants/" + slug + "/usage?period=" + LONG_OVER)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
