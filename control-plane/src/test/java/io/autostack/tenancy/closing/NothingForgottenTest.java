package io.autostack.tenancy.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Ending;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every table that has rows of tenants either has none of a deleted one, or is named as kept, with a reason that the
/// certificate says: whoever adds a table decides.
@QuarkusTest
class NothingForgottenTest {

    /// Nothing of a deleted tenant is left in these.
    private static final Set<String> REMOVED = Set.of(
            "provisioning.cluster",
            "provisioning.dns_record",
            "provisioning.dump_file",
            "provisioning.ecs_service",
            "provisioning.rds_database",
            "provisioning.rds_instance",
            "provisioning.rds_snapshot",
            "provisioning.route",
            "provisioning.secret",
            "tenancy.domain");

    private static final String WITH_TENANTS = """
        select table_schema || '.' || table_name from information_schema.columns
         where column_name = 'tenant_id' and table_schema not in ('pg_catalog', 'information_schema')
        """;

    @Test
    void every_table_with_rows_of_tenants_is_emptied_or_kept_for_a_reason() throws SQLException {
        var declared = new ArrayList<>(REMOVED);
        declared.addAll(Kept.tables());

        assertThat(Server.texts("autostack", WITH_TENANTS))
                .as("each is to be removed with its tenant, or added to Kept")
                .containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void what_is_not_kept_has_no_row_of_a_deleted_tenant_and_the_certificate_names_the_rest() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        Ending.done(Ending.close(Callers.alice(), slug, slug));
        Onboarding.finished(
                Ending.delete(Callers.operator(), slug, slug)
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("operation"),
                "done");

        for (var table : Server.texts("autostack", WITH_TENANTS)) {
            var rows = Server.texts("autostack", "select '1' from " + table + " where tenant_id = '" + id + "'");
            if (!Kept.tables().contains(table)) assertThat(rows).as(table).isEmpty();
        }
        String text =
                Callers.alice().get("/api/v1/tenants/" + id + "/certificate").path("text");
        assertThat(Kept.all()).allSatisfy(kept -> assertThat(text).contains("kept, " + kept.words()));
    }

    @Test
    void containers_that_really_ran_and_cannot_be_looked_at_are_not_certified_as_gone() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Deploying.deployed(Callers.alice(), Callers.alice(), slug, "Shop");
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        Ending.done(Ending.close(Callers.alice(), slug, slug));
        var ran = "update provisioning.step set evidence = %s where name like 'container:%%' and tenant_id = '" + id
                + "'";
        Ending.inControlPlane(ran.formatted("'{\"container\": \"the-shop\", \"id\": \"0123456789ab\"}'"));

        var deletion = Onboarding.accepted(Ending.delete(Callers.operator(), slug, slug));

        Onboarding.finished(deletion, "failed")
                .then()
                .body("message", containsString("containers the-shop (its engine does not answer)"));
        Callers.operator().get("/api/v1/tenants/" + id + "/certificate").then().statusCode(404);
        Ending.inControlPlane(ran.formatted("'{\"container\": \"the-shop\", \"removed\": \"yes\"}'"));
        Callers.operator()
                .post("/api/v1/operations/" + deletion + "/retry")
                .then()
                .statusCode(202);
        Onboarding.finished(deletion, "done");
        Callers.operator().get("/api/v1/tenants/" + id + "/certificate").then().statusCode(200);
    }
}
