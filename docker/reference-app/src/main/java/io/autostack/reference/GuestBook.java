package io.autostack.reference;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The guest book in a tenant's own database.
final class GuestBook {

    /// What a guest wants to write.
    record Draft(String author, String message) {

        static final Draft EMPTY = new Draft("", "");
        static final int MAX_AUTHOR_LENGTH = 80;
        static final int MAX_MESSAGE_LENGTH = 1000;

        Draft {
            author = author.strip();
            message = message.replace("\r\n", "\n").strip();
        }

        /// What is wrong, by field; empty when it may be written.
        Map<String, String> mistakes() {
            var mistakes = new LinkedHashMap<String, String>();
            mistake(author, "your name", MAX_AUTHOR_LENGTH, false)
                    .ifPresent(mistake -> mistakes.put("author", mistake));
            mistake(message, "a message", MAX_MESSAGE_LENGTH, true)
                    .ifPresent(mistake -> mistakes.put("message", mistake));
            return mistakes;
        }

        private static Optional<String> mistake(String text, String what, int max, boolean lines) {
            int length = text.codePointCount(0, text.length());
            if (length == 0) return Optional.of("Please write " + what + ".");
            if (length > max)
                return Optional.of("Please write at most " + max + " characters; these are " + length + ".");
            if (text.chars().anyMatch(c -> Character.isISOControl(c) && !(lines && (c == '\n' || c == '\t'))))
                return Optional.of("Please write without control characters.");
            return Optional.empty();
        }
    }

    /// What a guest wrote.
    record Entry(String author, String message, OffsetDateTime writtenAt) {}

    private static final String LATEST = """
            select author, message, written_at
            from app.guestbook_entry
            order by id desc
            limit 100
            """;
    private static final String ADD = "insert into app.guestbook_entry (author, message) values (?, ?)";

    private GuestBook() {}

    static List<Entry> latest(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(LATEST);
                var rows = statement.executeQuery()) {
            var entries = new ArrayList<Entry>();
            while (rows.next())
                entries.add(new Entry(
                        rows.getString("author"),
                        rows.getString("message"),
                        rows.getObject("written_at", OffsetDateTime.class)));
            return entries;
        }
    }

    static int add(Connection connection, Draft draft) throws SQLException {
        try (var statement = connection.prepareStatement(ADD)) {
            statement.setString(1, draft.author());
            statement.setString(2, draft.message());
            return statement.executeUpdate();
        }
    }
}
