package io.autostack.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A tenant's application: asks the control plane where its database is, each time anew.
public final class TenantApplication {

    private final String slug;

    public TenantApplication(String slug) {
        this.slug = slug;
    }

    public Connection connect() throws SQLException {
        var route = found("/api/v1/routes/" + slug + ".localhost");
        var secret = found("/api/v1/secrets/" + route.text("database.secret"));
        return DriverManager.getConnection(
                "jdbc:postgresql://" + route.text("database.host") + ":" + route.number("database.port") + "/"
                        + route.text("database.name"),
                secret.text("value.username"),
                secret.text("value.password"));
    }

    private static JsonAnswer found(String address) {
        var answer = Callers.application().get(address);
        answer.then().statusCode(200);
        return JsonAnswer.of(answer);
    }

    public void write(String message) throws SQLException {
        try (var connection = connect();
                var insert = connection.prepareStatement(
                        "insert into app.guestbook_entry (author, message) values ('me', ?)")) {
            insert.setString(1, message);
            insert.executeUpdate();
        }
    }

    public void run(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// In the order in which they were written.
    public List<String> messages() throws SQLException {
        try (var connection = connect();
                var select = connection.createStatement();
                var rows = select.executeQuery("select message from app.guestbook_entry order by id")) {
            var messages = new ArrayList<String>();
            while (rows.next()) messages.add(rows.getString(1));
            return messages;
        }
    }
}
