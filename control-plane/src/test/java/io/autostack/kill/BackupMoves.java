package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.kill.Customer.Move;
import java.sql.SQLException;
import java.util.Optional;

/// Backups, as an operator's script takes and uses them.
final class BackupMoves {

    /// What a backup has to hold.
    static final Move WRITE = (application, customer) -> {
        try (var database = application.database(customer.database());
                var insert = database.prepareStatement(
                        "insert into app.guestbook_entry (author, message) values ('somebody', ?)")) {
            insert.setString(1, "I was at " + customer.slug());
            assertThat(insert.executeUpdate()).isEqualTo(1);
            return Optional.empty();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    };

    static final Move TAKE = (application, customer) -> {
        var answer = application.operator().post("/tenants/" + customer.slug() + "/backups");
        if (answer.statusCode() == 202) customer.notes().put("backup", answer.path("backup"));
        return Moves.accepted(answer);
    };

    static final Move RESTORE =
            (application, customer) -> Moves.accepted(application.operator().post(backup(customer) + "/restore"));

    static final Move REMOVE =
            (application, customer) -> Moves.accepted(application.operator().delete(backup(customer)));

    private BackupMoves() {}

    /// In the database that the tenant has now.
    static void holdsWhatWasWritten(Truth truth, Customer customer) {
        assertThat(truth.tellIn(truth.database(customer), "select string_agg(message, ', ') from app.guestbook_entry"))
                .isEqualTo("I was at " + customer.slug());
    }

    /// @param listed kind and state of each, oldest first
    static void areListed(Truth truth, Customer customer, String listed) {
        assertThat(truth.tell("""
                select string_agg(kind || ' ' || b.state, ', ' order by b.created_at)
                  from tenancy.backup b join tenancy.tenant t on t.id = b.tenant_id where slug = ?
                """, customer.slug())).isEqualTo(listed);
    }

    static void passedOneDrill(Truth truth, Customer customer) {
        assertThat(truth.tell("""
                select string_agg(d.state, ', ')
                  from tenancy.restore_drill d join tenancy.tenant t on t.id = d.tenant_id where slug = ?
                """, customer.slug())).isEqualTo("passed");
    }

    private static String backup(Customer customer) {
        return "/tenants/" + customer.slug() + "/backups/" + customer.notes().getOrDefault("backup", "");
    }
}
