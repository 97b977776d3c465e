package io.autostack.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.audit.Audit.Entry;
import io.autostack.audit.Audit.Filter;
import io.autostack.metering.PlatformDatabase;
import io.autostack.shared.ListRequest;
import io.autostack.shared.ListRequest.Typed;
import io.autostack.shared.ListSql;
import io.autostack.shared.Problem.FieldError;
import io.autostack.testing.QueryPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A history of many lines is read by its indexes, whatever it is narrowed to and ordered by: row-level security does
/// not keep the database from using them.
@ExtendWith(PlatformDatabase.Extension.class)
class LongHistoryTest {

    private static final int MANY = 20_000;
    private static final UUID TENANT = UUID.fromString("0199c0de-0000-7000-8000-000000000007");
    private static final Instant AT = Instant.parse("2026-10-05T00:00:00Z");
    private static final Filter ANY = new Filter(null, null, null, null, null, null);

    @BeforeAll
    static void many_lines(PlatformDatabase database) {
        database.execute("""
            insert into audit.event (id, at, actor, actor_kind, tenant_id, action, object_type, object_id, details)
            select uuidv7(), timestamptz '2026-10-01 00:00:00+00' + n * interval '1 minute', 'person-' || n %% 97, 'user',
                   ('0199c0de-0000-7000-8000-' || lpad((n %% 200)::text, 12, '0'))::uuid,
                   'thing.' || n %% 31, 'thing', 'object-' || n %% 501, jsonb_build_object('name', 'Thing ' || n)
              from generate_series(1, %d) n
            """.formatted(MANY));
        database.execute("analyze audit.event");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-time", "time", "actor", "-actor", "action", "-action"})
    void every_page_under_every_order_begins_in_an_index(String sort, PlatformDatabase database) {
        var first = read(sort, null);
        var row = new Entry(UUID.randomUUID(), AT, "person-5", "user", TENANT, "thing.7", "thing", "x", Map.of(), null);
        var next = read(sort, first.page(List.of(row, row)).nextToken());

        for (var request : List.of(first, next)) {
            var plan = plan(request, ANY, database);
            assertThat(plan).contains("Index Scan").doesNotContain("Seq Scan", "Sort");
        }
    }

    @Test
    void what_it_is_narrowed_to_is_looked_up(PlatformDatabase database) {
        for (var filter : List.of(
                new Filter(TENANT, null, null, null, null, null),
                new Filter(null, "person-5", null, null, null, null),
                new Filter(null, null, "thing.7", null, null, null),
                new Filter(null, null, null, "object-3", null, null),
                new Filter(null, null, null, null, AT, AT.plusSeconds(3_600)))) {
            var plan = plan(read("-time", null), filter, database);
            assertThat(plan).contains("Index Cond").doesNotContain("Seq Scan");
        }
    }

    @Test
    void a_tenants_own_history_is_read_by_its_index(PlatformDatabase database) {
        var sql = new Filter(TENANT, null, null, null, null, null)
                .narrow(new ListSql<>(read("-time", null), Audit.SEARCHED));

        assertThat(QueryPlan.of(database.ofTenant(TENANT), sql.rows(Audit.SELECT)))
                .contains("event_tenant_at")
                .doesNotContain("Seq Scan");
    }

    private static ListRequest<Entry> read(String sort, @Nullable String token) {
        var errors = new ArrayList<FieldError>();
        var request = ListRequest.of(Typed.byProgram(null, sort, null, token), Audit.COLUMNS, errors);
        assertThat(errors).isEmpty();
        return request;
    }

    private static String plan(ListRequest<Entry> request, Filter filter, PlatformDatabase database) {
        return QueryPlan.of(
                database.platform(),
                filter.narrow(new ListSql<>(request, Audit.SEARCHED)).rows(Audit.SELECT));
    }
}
