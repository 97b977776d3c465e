package io.autostack.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.costs.PriceBook;
import io.autostack.costs.UnitPrice;
import io.autostack.provisioning.Billable;
import io.autostack.provisioning.Facts;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operation.StepRecord;
import io.autostack.provisioning.StoredRequest;
import io.autostack.provisioning.cloud.CloudDescription.Hints;
import io.autostack.provisioning.cloud.ServerSpec;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Cost so far, hints and the ledger as a table.
class LedgerTest {

    private static final UUID ID = UUID.fromString("01981f60-11aa-7bc0-8d5e-55aa66bb77cc");
    private static final UUID TENANT = UUID.fromString("01981f60-0000-7bc0-8d5e-55aa66bb77cc");
    private static final Hints HINTS = new Hints("the log", "the engine says", "the server says");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void a_secret_costs_from_the_moment_it_is_there() {
        var operation = operation(
                State.RUNNING,
                null,
                step("secret", State.DONE, 0, NOON, null),
                step("database", State.RUNNING, 0, null, null));

        var price =
                ListPrice.of(operation, Map.of("secret", new Billable.SecretEntry()), BOOK, NOON.plusSeconds(2 * 3600));

        // 0.40 a month of 730 hours, two hours of it: 0.40 ÷ 730 × 2 = 0.001096
        assertThat(price.monthly()).isEqualByComparingTo("0.40");
        assertThat(price.soFar()).isEqualByComparingTo("0.001096");
        assertThat(price.priceBook()).isEqualTo(7);
    }

    @Test
    void the_cost_of_an_operation_stops_with_it() {
        var operation = operation(State.DONE, NOON.plusSeconds(3600), step("secret", State.DONE, 0, NOON, null));

        var price = ListPrice.of(
                operation, Map.of("secret", new Billable.SecretEntry()), BOOK, NOON.plusSeconds(99 * 3600));

        assertThat(price.soFar()).isEqualByComparingTo("0.000548");
    }

    @Test
    void a_database_costs_server_and_storage() {
        var operation = operation(State.DONE, NOON, step("database", State.DONE, 0, NOON, null));

        var poc = ListPrice.of(operation, Map.of("database", new Billable.DatabaseServer(ServerSpec.POC)), BOOK, NOON);

        var production = ListPrice.of(
                operation, Map.of("database", new Billable.DatabaseServer(ServerSpec.PRODUCTION)), BOOK, NOON);

        assertThat(poc.monthly()).isEqualByComparingTo("13.98");
        assertThat(production.monthly()).isEqualByComparingTo("51.32");
        assertThat(poc.soFar()).isEqualByComparingTo("0");
    }

    @Test
    void a_step_in_trouble_says_where_to_look_and_one_that_works_says_nothing() {
        var trouble = step("database", State.FAILED, 3, NOON, "It refused.");
        var again = step("container:web", State.RUNNING, 2, null, null);
        var operation = operation(State.FAILED, NOON, trouble, again);

        assertThat(Hint.of(HINTS, operation, trouble))
                .contains("Retry goes on here", "the log says more at operation=" + ID, "the server says");
        assertThat(Hint.of(HINTS, operation, again)).contains("asked again by itself", "the engine says");
        assertThat(Hint.of(HINTS, operation, step("secret", State.DONE, 0, NOON, null)))
                .isNull();
        assertThat(Hint.of(HINTS, operation, step("secret", State.RUNNING, 0, null, null)))
                .isNull();
    }

    @Test
    void the_table_has_a_line_for_each_step_and_no_cell_that_a_spreadsheet_runs() {
        var operation = operation(
                State.FAILED, NOON, step("database", State.FAILED, 3, NOON, "=HYPERLINK(\"x\") refused, twice"));

        var lines = LedgerCsv.of(operation).split("\r\n");

        assertThat(lines).hasSize(2);
        assertThat(lines[0]).startsWith("operation,kind,tenant,step,title,state,attempts,");
        assertThat(lines[1])
                .startsWith(ID + ",open-tenant," + TENANT + ",database,Do database,failed,4,")
                .endsWith("resource=tenant_acme,\"'=HYPERLINK(\"\"x\"\") refused, twice\"");
    }

    private static Operation operation(State state, @Nullable Instant finishedAt, StepRecord... steps) {
        return new Operation(
                ID,
                TENANT,
                "open-tenant",
                "Onboard acme",
                state,
                new StoredRequest.Unreadable("nobody asks"),
                Facts.of(Map.of()),
                null,
                false,
                1,
                NOON,
                NOON,
                finishedAt,
                0,
                0,
                List.of(steps));
    }

    private static StepRecord step(
            String name, State state, int failures, @Nullable Instant finishedAt, @Nullable String message) {
        return new StepRecord(
                0,
                name,
                "Do " + name,
                state,
                failures + 1,
                failures,
                NOON,
                finishedAt,
                Map.of("resource", "tenant_acme"),
                false,
                message);
    }

    private static final PriceBook BOOK = new PriceBook(
            7,
            LocalDate.of(2026, 2, 15),
            "us-east-1",
            Currency.getInstance("USD"),
            730,
            "a book for this test, with the figures of 003 A.2 and A.6",
            List.of(
                    price("Secrets Manager", "secret", "secret-month", "0.40"),
                    price("RDS PostgreSQL", "db.t4g.micro Single-AZ", "instance-month (730 h)", "11.68"),
                    price("RDS PostgreSQL", "gp3 storage Single-AZ", "GB-month", "0.115"),
                    price("RDS PostgreSQL", "db.t4g.small Multi-AZ", "instance-month (730 h)", "46.72"),
                    price("RDS PostgreSQL", "gp3 storage Multi-AZ", "GB-month", "0.23")),
            List.of());

    private static UnitPrice price(String service, String item, String unit, String price) {
        return new UnitPrice(
                service, item, unit, new BigDecimal(price), "us-east-1", "003", null, BigDecimal.ZERO, null);
    }
}
