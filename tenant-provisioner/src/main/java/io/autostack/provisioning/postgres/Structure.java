package io.autostack.provisioning.postgres;

import io.autostack.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What was made in a database, object for object, as its catalogues describe it: tables and columns as well as rules,
/// rights and comments. Owners are left out, and rights of the owner are the owner's whatever it is called.
///
/// @param objects a digest of the definition, by kind and name
record Structure(SortedMap<String, String> objects) {

    /// However many a tenant makes, what is held in memory is bounded: those behind are one.
    private static final int MAX = 50_000;

    private static final String FURTHER = "further objects";

    private static final String DIGESTS = """
            select left(kind || ' ' || name, 500) as object,
                   encode(sha256(convert_to(string_agg(definition, E'\\n' order by definition collate "C"), 'UTF8')),
                          'hex') as digest
              from (%s) one group by left(kind || ' ' || name, 500)
            """;

    private static final String OBJECTS = """
            select case when at <= %d then object else '%s' end as object,
                   encode(sha256(convert_to(string_agg(digest, '' order by object collate "C"), 'UTF8')), 'hex')
                       as digest
              from (select object, digest, row_number() over (order by object collate "C") as at
                      from (%s) digests) counted
             group by case when at <= %d then object else '%s' end
            """;

    private static final String FINGERPRINT = """
            select encode(sha256(convert_to(coalesce(string_agg(object || digest, E'\\n' order by object collate "C"),
                                                     ''), 'UTF8')), 'hex')
              from (%s) digests
            """;

    static Structure of(Connection database) throws SQLException {
        var objects = new TreeMap<String, String>();
        var digests = digests(database);
        Sql.of(database, OBJECTS.formatted(MAX, FURTHER, digests, MAX, FURTHER))
                .each(row -> objects.put(row.getString("object"), row.getString("digest")));
        return new Structure(objects);
    }

    /// The same for the same structure; made where the objects are.
    static String fingerprint(Connection database) throws SQLException {
        var digests = digests(database);
        return Sql.of(database, FINGERPRINT.formatted(digests)).one(row -> row.getString(1));
    }

    /// What this has otherwise, in sentences without a full stop.
    List<String> differencesTo(Structure other) {
        var all = new TreeSet<>(objects.keySet());
        all.addAll(other.objects.keySet());
        var differences = new ArrayList<String>();
        for (var object : all) {
            var here = objects.get(object);
            var there = other.objects.get(object);
            if (here == null) differences.add("the " + object + " is missing");
            else if (there == null) differences.add("the " + object + " has been added");
            else if (!here.equals(there)) differences.add("the " + object + " is another one");
        }
        return Collections.unmodifiableList(differences);
    }

    /// Definitions are written with the names of schemas only where the path does not lead to them.
    private static String digests(Connection database) throws SQLException {
        Sql.execute(database, "set search_path = pg_catalog; set jit = off");
        return DIGESTS.formatted(CatalogueQuery.of(database));
    }
}
