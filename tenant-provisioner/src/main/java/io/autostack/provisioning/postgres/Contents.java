package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;

import io.autostack.jdbc.Sql;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/// All that a database holds: its structure, the rows of its tables, where its sequences are, its large
/// objects. What cannot be read is part of it as well, and never equal to anything. Read as the role that owns
/// them and as nobody more powerful.
record Contents(Structure structure, SortedMap<String, Part> parts) {

    private static final int FEW = 3;
    private static final int A_CHUNK = 1 << 22;

    /// However much a tenant makes, what is held in memory is bounded: those behind are one.
    private static final int MAX = 50_000;

    private static final String FURTHER = "what comes behind those";

    /// Rows of a catalogue that are held at the same time.
    private static final int AT_ONCE = 1_000;

    /// The same text for the same value, whatever the database or its owner has set; and no row is held back in
    /// silence.
    static final String SETTINGS = """
            set search_path = pg_catalog; set row_security = off; set client_min_messages = error; set jit = off;
            set statement_timeout = 0; set transaction_timeout = 0; set idle_in_transaction_session_timeout = 0;
            set lock_timeout = '10s'; set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres';
            set bytea_output = 'hex'; set extra_float_digits = 1; set xmlbinary = 'base64'; set lc_monetary = 'C';
            set synchronize_seqscans = off
            """;

    /// The history of migrations is the platform's own. Rows of a partitioned table are in its partitions,
    /// those of a foreign table on another server. What a materialized view shows is computed anew from those
    /// of tables.
    private static final String RELATIONS = """
            select quote_ident(n.nspname) as schema, format('%I.%I', n.nspname, c.relname) as name, c.relkind as kind,
                   c.relforcerowsecurity as forced, c.relispopulated as populated
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'm', 'S') and c.relpersistence <> 't'
               and n.nspname not in ('pg_catalog', 'information_schema', 'autostack')
               and n.nspname !~ '^pg_(toast|temp)'
             order by n.nspname collate "C", c.relname collate "C"
            """;

    /// Trouble with the server or its load, which says nothing about what is read.
    private static final Set<String> NOT_ABOUT_THE_OBJECT = Set.of("08", "40", "53", "57", "58");

    /// One thing that holds something.
    sealed interface Part {

        /// @param checksum of all rows in whatever order
        record Rows(long rows, BigInteger checksum) implements Part {}

        /// Something with one value.
        record Value(String text) implements Part {}

        /// @param why in the server's words
        record Unread(String why) implements Part {}
    }

    private static final String LARGE_OBJECTS = "select oid from pg_catalog.pg_largeobject_metadata order by oid";

    private record Relation(String schema, String name, String kind, boolean forced, boolean populated) {

        static Relation of(ResultSet row) throws SQLException {
            return new Relation(
                    row.getString("schema"),
                    row.getString("name"),
                    row.getString("kind"),
                    row.getBoolean("forced"),
                    row.getBoolean("populated"));
        }

        String grants() {
            return "grant usage on schema " + schema + " to current_user; grant select on "
                    + ("S".equals(kind) ? "sequence " : "table ") + name + " to current_user";
        }
    }

    /// Nobody else may be at work in the database: to see all rows, policies are lifted from tables that have
    /// them for their owner too, in a transaction that is rolled back.
    static Contents of(Connection owner) throws SQLException {
        execute(owner, SETTINGS);
        owner.setAutoCommit(false);
        try {
            execute(owner, "set transaction isolation level repeatable read, read write");
            return within(owner, new TreeMap<>());
        } finally {
            owner.rollback();
            owner.setAutoCommit(true);
        }
    }

    /// In a transaction that has begun.
    ///
    /// @param known has been read already
    static Contents within(Connection owner, SortedMap<String, Part> known) throws SQLException {
        var parts = new TreeMap<String, Part>();
        // Some at a time, whatever else is asked meanwhile: a tenant may have made millions.
        Sql.of(owner, RELATIONS).fetching(AT_ONCE).each(row -> {
            var relation = Relation.of(row);
            var read = known.get(relation.name());
            add(
                    parts,
                    relation.name(),
                    read == null ? orWhyNot(owner, relation.grants(), () -> read(owner, relation)) : read);
        });
        Sql.of(owner, LARGE_OBJECTS).fetching(AT_ONCE).each(row -> {
            long number = row.getLong(1);
            add(
                    parts,
                    "large object " + number,
                    orWhyNot(
                            owner,
                            "grant select on large object " + number + " to current_user",
                            () -> largeObject(owner, number)));
        });
        return new Contents(Structure.of(owner), parts);
    }

    static void add(SortedMap<String, Part> parts, String name, Part part) {
        if (parts.size() < MAX) parts.put(name, part);
        else parts.merge(FURTHER, asOne(name, part), Contents::together);
    }

    private static Part asOne(String name, Part part) {
        return switch (part) {
            case Part.Rows(var rows, var checksum) -> new Part.Rows(rows, digest(name + checksum));
            case Part.Value(var text) -> new Part.Rows(0, digest(name + text));
            case Part.Unread(var why) -> new Part.Unread(why);
        };
    }

    /// What cannot be read is never equal to anything, alone or among others.
    private static Part together(Part some, Part other) {
        if (some instanceof Part.Rows(var rows, var checksum) && other instanceof Part.Rows(var more, var further))
            return new Part.Rows(rows + more, checksum.add(further));
        return some instanceof Part.Unread ? some : other;
    }

    private static BigInteger digest(String text) {
        return new BigInteger(1, sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// The same but for these.
    Contents without(Set<String> names) {
        if (names.isEmpty()) return this;
        var others = new TreeMap<>(parts);
        others.keySet().removeAll(names);
        return new Contents(structure, others);
    }

    Set<String> tables() {
        return parts.entrySet().stream()
                .filter(part -> part.getValue() instanceof Part.Rows)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    long rows() {
        return parts.values().stream()
                .mapToLong(part -> part instanceof Part.Rows(var rows, var checksum) ? rows : 0)
                .sum();
    }

    /// A few sentences; none when both hold the same.
    List<String> differencesTo(Contents other) {
        var all = allDifferencesTo(other);
        return all.size() <= FEW
                ? all
                : List.of(all.get(0), all.get(1), all.get(2), "and " + (all.size() - FEW) + " more");
    }

    List<String> allDifferencesTo(Contents other) {
        var all = new TreeSet<>(parts.keySet());
        all.addAll(other.parts.keySet());
        var differences = new ArrayList<String>();
        for (var name : all) {
            var difference = difference(name, parts.get(name), other.parts.get(name));
            if (difference != null) differences.add(difference);
        }
        differences.addAll(structure.differencesTo(other.structure));
        return differences;
    }

    private static @Nullable String difference(String name, @Nullable Part here, @Nullable Part there) {
        if (here instanceof Part.Unread(var why)) return name + " could not be read: " + why;
        if (there instanceof Part.Unread(var why)) return "the original of " + name + " could not be read: " + why;
        if (here != null && here.equals(there)) return null;
        return name + " has " + words(here, "gone") + " instead of " + shortly(here, there)
                + (sameRows(here, there) ? ", with other values" : "");
    }

    private static String words(@Nullable Part part, String none) {
        return switch (part) {
            case null -> none;
            case Part.Rows(var rows, var checksum) -> rows + " rows";
            case Part.Value(var text) -> text;
            case Part.Unread(var why) -> why;
        };
    }

    private static String shortly(@Nullable Part here, @Nullable Part there) {
        return here instanceof Part.Rows && there instanceof Part.Rows(var rows, var checksum)
                ? Long.toString(rows)
                : words(there, "none of it");
    }

    private static boolean sameRows(@Nullable Part here, @Nullable Part there) {
        return here instanceof Part.Rows(var now, var checksum)
                && there instanceof Part.Rows(var before, var other)
                && now == before;
    }

    /// What is read.
    private interface Reading {
        Part read() throws SQLException;
    }

    /// An owner may have taken rights from itself: until the savepoint it has them.
    private static Part orWhyNot(Connection owner, String grants, Reading reading) throws SQLException {
        var asItIs = orWhyNot(owner, reading);
        return asItIs instanceof Part.Unread
                ? orWhyNot(owner, () -> {
                    execute(owner, grants);
                    return reading.read();
                })
                : asItIs;
    }

    private static Part orWhyNot(Connection owner, Reading reading) throws SQLException {
        var before = owner.setSavepoint();
        try {
            return reading.read();
        } catch (PSQLException e) {
            var state = e.getSQLState();
            if (state == null || NOT_ABOUT_THE_OBJECT.contains(state.substring(0, 2)) || state.equals(Refusal.LOCKED))
                throw e;
            return new Part.Unread(Refusal.words(e));
        } finally {
            if (!owner.isClosed()) owner.rollback(before);
        }
    }

    private static Part read(Connection owner, Relation relation) throws SQLException {
        return switch (relation.kind()) {
            case "S" -> position(owner, relation.name());
            case "m" -> new Part.Value(relation.populated() ? "been computed" : "not been computed");
            default -> {
                if (relation.forced()) execute(owner, seeAll(relation.name()));
                yield rows(owner, relation.name());
            }
        };
    }

    static String seeAll(String table) {
        return "alter table only " + table + " no force row level security";
    }

    /// Without a cast, which a tenant may define, and under a name that no column takes precedence over.
    static Part rows(Connection owner, String table) throws SQLException {
        return Sql.of(owner, """
                        select pg_catalog.count(*),
                               coalesce(pg_catalog.sum(pg_catalog.hashtextextended(
                                   pg_catalog.textin(pg_catalog.record_out(held.*)) collate pg_catalog."C",
                                   0)::pg_catalog.numeric), 0)
                          from only %s held
                        """.formatted(table))
                .one(row -> new Part.Rows(row.getLong(1), row.getBigDecimal(2).toBigInteger()));
    }

    private static Part position(Connection owner, String sequence) throws SQLException {
        return Sql.of(owner, "select last_value, is_called from " + sequence)
                .one(row -> new Part.Value((row.getBoolean(2) ? "given " : "reached ") + row.getLong(1)));
    }

    private static Part largeObject(Connection owner, long number) throws SQLException {
        var digest = sha256();
        long bytes = 0;
        for (int read = A_CHUNK; read == A_CHUNK; bytes += read) {
            var chunk = Sql.of(owner, "select pg_catalog.lo_get(?::pg_catalog.oid, ?, ?)", number, bytes, A_CHUNK)
                    .one(row -> row.getBytes(1));
            read = chunk.length;
            digest.update(chunk);
        }
        return new Part.Value(bytes + " bytes of SHA-256 " + HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
