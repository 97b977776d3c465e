package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.kill.Customer.Move;
import io.autostack.testing.Moving;
import java.util.Map;

/// From proof of concept to production and back, as an operator's script asks for it when everything is ready.
final class ProductionMoves {

    static final Move OPEN_POC = Moves.open("poc");

    static final Move MOVE = (application, customer) -> Moves.accepted(application
            .operator()
            .body(Map.of("database", "shared", "confirmed", Moving.CONFIRMED))
            .post("/tenants/" + customer.slug() + "/move"));

    private ProductionMoves() {}

    /// In production, and the old database waits in case somebody wants to go back.
    static void isMoved(Truth truth, Customer customer) {
        isAt(truth, customer, "moved, production");
        assertThat(truth.database(customer)).startsWith(customer.database() + "__");
        assertThat(takesConnections(truth, customer.database())).isEqualTo("f");
    }

    static void isBack(Truth truth, Customer customer) {
        isAt(truth, customer, "rolled-back, poc");
        assertThat(truth.database(customer)).isEqualTo(customer.database());
    }

    static void isDecommissioned(Truth truth, Customer customer) {
        isAt(truth, customer, "decommissioned, production");
        assertThat(truth.database(customer)).startsWith(customer.database() + "__");
    }

    private static void isAt(Truth truth, Customer customer, String place) {
        assertThat(truth.tell("""
                select string_agg(m.state, ' ') || ', ' || t.environment
                  from tenancy.tenant t join moves.move m on m.tenant_id = t.id where t.slug = ? group by t.environment
                """, customer.slug())).isEqualTo(place);
    }

    private static String takesConnections(Truth truth, String database) {
        return truth.tell("select datallowconn from pg_database where datname = ?", database);
    }
}
