package io.autostack.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// What one tenant can read about the others on the server that they share.
@QuarkusTest
class SharedCataloguesTest {

    /// Every catalogue that all databases of a server have in common, and what sessions tell about themselves.
    private static final List<String> SHARED = List.of(
            "select d::text from pg_database d",
            "select r::text from pg_roles r",
            "select description from pg_shdescription",
            "select label from pg_shseclabel",
            "select s::text from pg_db_role_setting s",
            "select spcname from pg_tablespace",
            "select s::text from pg_stat_activity s",
            "select s::text from pg_stat_database s",
            "select subname from pg_subscription",
            "select slot_name::text from pg_replication_slots",
            "select application_name from pg_stat_replication",
            "select gid from pg_prepared_xacts",
            "select l::text from pg_locks l",
            "select m::text from pg_auth_members m");

    @Test
    void s04_nothing_that_all_tenants_can_read_names_a_customer_or_its_apps() throws SQLException {
        var customer = Onboarding.activeTenant("starter", "alice@example.com");
        Deploying.deployed(Callers.alice(), Callers.alice(), customer, "Zebra Crossing");
        var asked = Callers.alice().post("/api/v1/tenants/" + customer + "/backups");
        Onboarding.finished(asked.path("operation"), "done");
        String backup = asked.path("backup");
        Onboarding.finished(
                Callers.alice()
                        .post("/api/v1/tenants/" + customer + "/backups/" + backup + "/restore")
                        .path("operation"),
                "done");
        Onboarding.finished(
                Callers.alice()
                        .post("/api/v1/tenants/" + customer + "/rotate-credentials")
                        .path("operation"),
                "done");
        var curious = Onboarding.activeTenant("starter", "bob@example.com");

        var read = new ArrayList<String>();
        try (var inside = TenantDatabase.connect(curious)) {
            for (var question : SHARED) read.addAll(TenantDatabase.texts(inside, question));
        }

        assertThat(read).anyMatch(text -> text != null && text.contains(TenantDatabase.name(customer)));
        assertThat(read)
                .filteredOn(text -> text != null)
                .extracting(text -> text.toLowerCase(Locale.ROOT).replace('-', '_'))
                .noneMatch(text -> text.contains(customer) || text.contains("zebra") || text.contains("alice"));
    }
}
