package io.autostack.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.metering.PlatformDatabase;
import io.autostack.shared.ListRequest;
import io.autostack.shared.ListRequest.Typed;
import io.autostack.shared.Problem.FieldError;
import io.autostack.testing.QueryPlan;
import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A long list of operations is read by its indexes; by how long they took it is sorted, which is said in the docs.
@ExtendWith(PlatformDatabase.Extension.class)
class ManyOperationsTest {

    private static final int MANY = 20_000;
    private static final UUID TENANT = UUID.fromString("0199c0de-0000-7000-8000-000000000007");

    @BeforeAll
    static void many_operations(PlatformDatabase database) {
        database.execute("""
            insert into provisioning.operation (id, tenant_id, kind, title, request_key, state, facts, created_at)
            select uuidv7(), ('0199c0de-0000-7000-8000-' || lpad((n %% 200)::text, 12, '0'))::uuid,
                   'kind-' || n %% 23, 'Title ' || n, 'many:' || n,
                   case when n %% 500 = 0 then 'failed' else 'done' end, '{}',
                   timestamptz '2026-10-01 00:00:00+00' + n * interval '1 minute'
              from generate_series(1, %d) n
            """.formatted(MANY));
        database.execute("analyze provisioning.operation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-created", "created", "kind", "-kind", "state", "-state"})
    void every_order_is_an_index(String sort, PlatformDatabase database) {
        assertThat(plan(sort, null, null, null, database))
                .contains("Index Scan")
                .doesNotContain("Seq Scan", "Sort");
    }

    @Test
    void what_it_is_narrowed_to_is_looked_up(PlatformDatabase database) {
        assertThat(plan("-created", TENANT, null, null, database))
                .contains("Index Cond")
                .doesNotContain("Seq Scan");
        assertThat(plan("-created", null, "kind-7", null, database))
                .contains("Index Cond")
                .doesNotContain("Seq Scan");
        assertThat(plan("-created", null, null, "failed", database))
                .contains("Index Cond")
                .doesNotContain("Seq Scan");
    }

    private static String plan(
            String sort,
            @Nullable UUID tenant,
            @Nullable String kind,
            @Nullable String state,
            PlatformDatabase database) {
        var errors = new ArrayList<FieldError>();
        var request = ListRequest.of(Typed.byProgram(null, sort, null, null), OperationList.COLUMNS, errors);
        assertThat(errors).isEmpty();
        return QueryPlan.of(
                database.platform(),
                OperationList.sql(request, tenant, kind, state).rows(OperationList.SELECT));
    }
}
