package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.kill.Customer.Move;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/// What an operator's script asks for, and what somebody else may have done before.
final class Moves {

    static final Move OPEN = open("production");

    static final Move PLAN_APP = (application, customer) -> {
        var answer = application
                .operator()
                .body(Map.of(
                        "template", "nextjs-postgresql", "name", "Shop", "parameters", Map.of("image", Engine.IMAGE)))
                .post("/tenants/" + customer.slug() + "/deployment-plans");
        customer.notes().put("plan", answer.then().statusCode(201).extract().path("id"));
        return Optional.empty();
    };

    static final Move APPROVE_APP = (application, customer) -> accepted(application
            .operator()
            .body(Map.of("plan", customer.notes().getOrDefault("plan", "")))
            .post("/tenants/" + customer.slug() + "/deployments"));

    static final Move RELEASE = (application, customer) ->
            accepted(application.operator().post("/operations/" + customer.operation() + "/release"));

    /// Whose tenants take what others want to have.
    static final Customer SOMEBODY_ELSE = Customer.next();

    /// The last step of an onboarding fails, when everything else has been built.
    static final Move OCCUPY_HOST = (application, customer) -> {
        try (var database = application.database("autostack");
                var insert = database.prepareStatement("insert into provisioning.route (host, tenant_id)"
                        + " select ?, id from tenancy.tenant where slug = ?")) {
            insert.setString(1, host(customer));
            insert.setString(2, SOMEBODY_ELSE.slug());
            assertThat(insert.executeUpdate()).isEqualTo(1);
            return Optional.empty();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    };

    private Moves() {}

    static Move open(String environment) {
        return (application, customer) -> {
            var answer = application
                    .operator()
                    .body(Map.of(
                            "name",
                            "Tenant " + customer.slug(),
                            "slug",
                            customer.slug(),
                            "plan",
                            "starter",
                            "environment",
                            environment,
                            "adminEmail",
                            "owner@" + customer.slug() + ".example"))
                    .post("/tenants");
            if (answer.statusCode() == 202) customer.notes().put("id", answer.path("id"));
            return accepted(answer);
        };
    }

    /// An operation on an existing tenant that needs nothing but its address.
    static Move post(String action) {
        return (application, customer) ->
                accepted(application.operator().post("/tenants/" + customer.slug() + "/" + action));
    }

    /// What cannot be taken back easily asks for the short name.
    static Move confirmed(String action) {
        return (application, customer) -> accepted(application
                .operator()
                .body(Map.of("confirm", customer.slug()))
                .post("/tenants/" + customer.slug() + "/" + action));
    }

    static Move moveTo(String plan) {
        return (application, customer) -> accepted(
                application.operator().body(Map.of("plan", plan)).put("/tenants/" + customer.slug() + "/plan"));
    }

    static void hostIsLeftAlone(Truth truth, Customer customer) {
        assertThat(truth.tell("""
                select t.slug from provisioning.route r join tenancy.tenant t on t.id = r.tenant_id where r.host = ?
                """, host(customer))).isEqualTo(SOMEBODY_ELSE.slug());
    }

    /// The operation that an answer names.
    static Optional<String> accepted(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(202);
        String named = answer.path("operation");
        return Optional.of(named == null ? answer.path("id") : named);
    }

    private static String host(Customer customer) {
        return customer.slug() + ".localhost";
    }
}
