package io.autostack.provisioning.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseSpec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a database held at a moment, written down so that a copy can be compared with it when the database itself is
/// not there any more.
@ApplicationScoped
public class KeptContents {

    private static final String CHANGING = "it was being changed while the snapshot was taken";

    private final TenantServers servers;
    private final TenantSessions sessions;
    private final ObjectMapper json;

    @Inject
    KeptContents(TenantServers servers, TenantSessions sessions, ObjectMapper json) {
        this.servers = servers;
        this.sessions = sessions;
        this.json = json;
    }

    /// @param parts what each holds
    /// @param objects digest of each definition
    private record Written(SortedMap<String, Entry> parts, SortedMap<String, String> objects) {}

    /// One of them is there: rows with their checksum, a value, or why it could not be read.
    private record Entry(
            @Nullable Long rows,
            @Nullable BigInteger checksum,
            @Nullable String value,
            @Nullable String unread) {

        static Entry of(Contents.Part part) {
            return switch (part) {
                case Contents.Part.Rows(var rows, var checksum) -> new Entry(rows, checksum, null, null);
                case Contents.Part.Value(var text) -> new Entry(null, null, text, null);
                case Contents.Part.Unread(var why) -> new Entry(null, null, null, why);
            };
        }

        Contents.Part part() {
            if (rows != null && checksum != null) return new Contents.Part.Rows(rows, checksum);
            return value != null
                    ? new Contents.Part.Value(value)
                    : new Contents.Part.Unread(unread == null ? "nothing was written down" : unread);
        }
    }

    /// JSON of what the database holds now, whether it takes connections or not.
    public String of(DatabaseSpec database) throws SQLException {
        return text(read(database));
    }

    /// What was equal at both moments, and so between them; the rest is marked as changing.
    public String common(String before, String after) {
        var first = contents(before);
        var last = contents(after);
        var parts = new TreeMap<>(first.parts());
        last.parts()
                .forEach((name, part) -> parts.merge(
                        name, part, (one, other) -> one.equals(other) ? one : new Contents.Part.Unread(CHANGING)));
        return text(new Contents(last.structure(), parts));
    }

    /// Whether the database holds what was written down.
    ///
    /// @param original what it is a copy of, for people
    public Outcome compare(DatabaseSpec database, String kept, String original) {
        try {
            var before = contents(kept);
            var changing = new TreeMap<>(before.parts());
            changing.values().removeIf(part -> !part.equals(new Contents.Part.Unread(CHANGING)));
            var now = read(database).without(changing.keySet());
            var differences = now.differencesTo(before.without(changing.keySet()));
            if (!differences.isEmpty())
                return new Outcome.Failed("The database " + database.name() + " is not what was backed up: "
                        + String.join("; ", differences) + ". Retry compares again; Release takes the copy back.");
            return Outcome.done(Map.of(
                    "tables", Integer.toString(now.tables().size()),
                    "rows", Long.toString(now.rows()),
                    "compared",
                            changing.isEmpty()
                                    ? "row counts and checksums are equal"
                                    : "row counts and checksums are equal, without " + changing.size()
                                            + " that were being changed while the snapshot was taken"));
        } catch (SQLException e) {
            return Refusal.of("The database " + database.name() + " could not be compared with " + original, e);
        }
    }

    private Contents read(DatabaseSpec database) throws SQLException {
        try (var owner = sessions.openPatiently(server(database), database.name())) {
            return Contents.of(owner);
        }
    }

    private TenantServer server(DatabaseSpec database) {
        return servers.find(database)
                .orElseThrow(() -> new IllegalStateException("there is no server of " + database.name()));
    }

    private String text(Contents contents) {
        var parts = new TreeMap<String, Entry>();
        contents.parts().forEach((name, part) -> parts.put(name, Entry.of(part)));
        try {
            return json.writeValueAsString(
                    new Written(parts, contents.structure().objects()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("names, numbers and digests are always JSON", e);
        }
    }

    private Contents contents(String text) {
        try {
            var written = json.readValue(text, Written.class);
            var parts = new TreeMap<String, Contents.Part>();
            written.parts().forEach((name, entry) -> parts.put(name, entry.part()));
            return new Contents(new Structure(written.objects()), parts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written down about a snapshot cannot be read", e);
        }
    }
}
