package io.autostack.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `kill -9` in the middle of onboardings loses nothing and makes nothing twice; neither does stopping and starting.
@ExtendWith(WithProduct.class)
@Order(4)
class RestartStory {

    private final Product product;

    RestartStory(Product product) {
        this.product = product;
    }

    /// Each round stops the work where it is about to write to that table, kills, and lets go. What a killed process
    /// had asked the database for last may then still happen, beside the process that takes over.
    @ParameterizedTest(name = "killed while {1}")
    @CsvSource({
        "provisioning.secret, the credentials are sealed",
        "pg_authid, the role is made",
        "pg_database, the database is made",
        "provisioning.route, the address is given",
        "tenancy.tenant, the tenant becomes active"
    })
    void an_onboarding_goes_on_after_the_control_plane_was_killed(String table, String moment) throws SQLException {
        var slugs = List.of(slug(table, 1), slug(table, 2), slug(table, 3));
        List<String> operations;
        // Nobody gets as far as the last step before the table of the round is held.
        try (var address = Hold.on(product, "provisioning.route")) {
            operations = table.equals("tenancy.tenant") ? onboard(slugs) : List.of();
            if (!operations.isEmpty()) address.untilSomebodyWaits();
            try (var here = Hold.on(product, table)) {
                if (operations.isEmpty()) operations = onboard(slugs);
                address.close();
                here.untilSomebodyWaits();
                product.killControlPlane();
            }
        }
        product.waitUntilReady();

        for (var operation : operations) Awaited.done(product, operation);
        for (var slug : slugs) assertThat(belongings(slug)).as(slug).isEqualTo(ONE_OF_EACH);
    }

    @Test
    void everything_is_still_there_after_the_whole_product_was_stopped_and_started() throws SQLException {
        var operation = onboard(List.of("evergreen")).getFirst();
        Awaited.done(product, operation);
        var before = product.api().get("/tenants/evergreen").asString();

        product.stop();
        product.start();

        assertThat(product.api().get("/tenants/evergreen").asString()).isEqualTo(before);
        assertThat(belongings("evergreen")).isEqualTo(ONE_OF_EACH);
        assertThat(product.api().get("/operations/" + operation).jsonPath().getString("state")).isEqualTo("done");
    }

    private static final Map<String, Integer> ONE_OF_EACH =
            Map.of("tenant", 1, "database", 1, "role", 1, "secret", 1, "route", 1, "active", 1);

    private static String slug(String table, int number) {
        return table.replaceAll("[^a-z]", "") + number;
    }

    private List<String> onboard(List<String> slugs) {
        var operations = new ArrayList<String>();
        for (var slug : slugs)
            operations.add(product.api()
                    .body(Map.of("name", "Tenant " + slug, "slug", slug, "plan", "starter", "adminEmail", "owner@" + slug + ".example"))
                    .post("/tenants")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("operation"));
        return operations;
    }

    /// What there is for a tenant, counted in the server itself.
    private Map<String, Integer> belongings(String slug) throws SQLException {
        try (var connection = product.database();
                var select = connection.prepareStatement("""
                        with tenant as (select * from tenancy.tenant where slug = ?)
                        select (select count(*) from tenant) as tenant,
                               (select count(*) from tenant where status = 'active') as active,
                               (select count(*) from pg_database
                                 where starts_with(datname, 'tenant_' || replace((select id from tenant)::text, '-', ''))
                                    or shobj_description(oid, 'pg_database') like '%' || (select id from tenant)) as database,
                               (select count(*) from pg_roles
                                 where starts_with(rolname, 'tenant_' || replace((select id from tenant)::text, '-', ''))
                                    or shobj_description(oid, 'pg_authid') like '%' || (select id from tenant)) as role,
                               (select count(*) from provisioning.secret where tenant_id = (select id from tenant)) as secret,
                               (select count(*) from provisioning.route where tenant_id = (select id from tenant)) as route
                        """)) {
            select.setString(1, slug);
            try (var row = select.executeQuery()) {
                row.next();
                return Map.of(
                        "tenant", row.getInt("tenant"),
                        "active", row.getInt("active"),
                        "database", row.getInt("database"),
                        "role", row.getInt("role"),
                        "secret", row.getInt("secret"),
                        "route", row.getInt("route"));
            }
        }
    }
}
