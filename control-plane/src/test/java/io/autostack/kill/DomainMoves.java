package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.kill.Customer.Move;
import io.autostack.testing.NameServer;
import java.util.Map;
import java.util.Optional;

/// A domain of the tenant's own, whose owner sets the record at once.
final class DomainMoves {

    static final Move CLAIM = (application, customer) -> {
        var claimed = application
                .operator()
                .body(Map.of("domain", domain(customer)))
                .post("/tenants/" + customer.slug() + "/domains")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        NameServer.running().say(claimed.getString("record.name"), claimed.getString("record.value"));
        return Optional.empty();
    };

    static final Move VERIFY =
            (application, customer) -> Moves.accepted(application.operator().post(address(customer) + "/verify"));

    static final Move REMOVE =
            (application, customer) -> Moves.accepted(application.operator().delete(address(customer)));

    private DomainMoves() {}

    static void isVerified(Truth truth, Customer customer) {
        assertThat(listed(truth, customer)).isEqualTo("t");
    }

    static void isForgotten(Truth truth, Customer customer) {
        assertThat(listed(truth, customer)).isEmpty();
    }

    private static String listed(Truth truth, Customer customer) {
        return truth.tell("""
                select verified_at is not null and exists (
                       select from provisioning.route r where r.host = d.name and r.tenant_id = d.tenant_id)
                  from tenancy.domain d where name = ?
                """, domain(customer));
    }

    private static String address(Customer customer) {
        return "/tenants/" + customer.slug() + "/domains/" + domain(customer);
    }

    private static String domain(Customer customer) {
        return "www." + customer.slug() + ".example";
    }
}
