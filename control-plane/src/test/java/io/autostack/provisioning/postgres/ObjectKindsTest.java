package io.autostack.provisioning.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.ExportTarget;
import io.autostack.provisioning.plans.Names;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Every kind of object that PostgreSQL knows × what the platform does with databases: each comes back equal,
/// or is named as not covered; and none can change without the fingerprint or the comparison seeing it.
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectKindsTest {

    /// Catalogues without objects of their own that somebody can make in a database: what statistics counted,
    /// what initdb noted, and how objects hang together.
    private static final List<String> NO_OBJECTS = List.of(
            "pg_depend",
            "pg_init_privs",
            "pg_largeobject",
            "pg_statistic",
            "pg_statistic_ext_data",
            "pg_subscription_rel");

    /// Nobody has a provider of labels loaded.
    private static final String NO_PROVIDER = "pg_seclabel";

    private final Cloud cloud;
    private final UUID tenant = UUID.randomUUID();
    private final String name = "tenant_" + Onboarding.freshSlug();
    private final DatabaseSpec live = new DatabaseSpec(tenant, name, "tests/" + name, true);
    private final DatabaseSpec restored = new DatabaseSpec(tenant, name + "__2", "tests/" + name + "__2", true);
    private final List<Kind> kinds = kinds("objects");
    private final List<Kind> ofSuperusers = kinds("of-superusers");

    @Inject
    ObjectKindsTest(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param change something else than the sample
    private record Kind(String name, String sample, String change) {}

    @BeforeAll
    void one_sample_of_every_kind() throws SQLException {
        for (var desired : List.of(live, restored))
            done(cloud.ensureSecret(
                    tenant,
                    desired.secret(),
                    Map.of("username", desired.name(), "password", "p4ssword-" + UUID.randomUUID())));
        done(cloud.ensureDatabase(live));
        try (var owner = inside(live)) {
            for (var kind : kinds) make(owner, kind);
        }
        try (var superuser = asSuperuser(live)) {
            for (var kind : ofSuperusers) make(superuser, kind);
        }
    }

    @AfterAll
    void gone() {
        cloud.removeDatabase(live);
    }

    @Test
    void every_catalogue_that_has_objects_is_among_the_samples() throws SQLException {
        try (var superuser = asSuperuser(live)) {
            var empty = new ArrayList<String>();
            for (var catalogue : TenantDatabase.texts(superuser, """
                    select relname from pg_class where relnamespace = 'pg_catalog'::regnamespace and relkind = 'r'
                       and not relisshared and relname <> all (string_to_array('%s', ','))
                    """.formatted(String.join(",", NO_OBJECTS))))
                if (TenantDatabase.texts(
                                superuser,
                                "select exists (select from pg_catalog." + catalogue + " x where "
                                        + somebodys(catalogue) + ")")
                        .contains("f")) empty.add(catalogue);
            assertThat(empty).containsExactly(NO_PROVIDER);
        }
    }

    @Test
    void every_kind_changes_what_is_compared_when_it_changes() throws SQLException {
        try (var owner = inside(live)) {
            seesChanges(owner, kinds);
        }
        try (var superuser = asSuperuser(live)) {
            seesChanges(superuser, ofSuperusers);
        }
    }

    @Test
    void the_same_objects_have_the_same_fingerprint_whoever_reads_them() throws SQLException {
        try (var owner = inside(live);
                var superuser = asSuperuser(live)) {
            assertThat(Fingerprint.of(owner)).isEqualTo(Fingerprint.of(superuser));
            assertThat(Fingerprint.of(owner).fingerprint()).startsWith("2:");
        }
    }

    @Test
    void every_kind_comes_back_from_a_backup() throws SQLException {
        var snapshot = Names.snapshot(UUID.randomUUID());
        done(cloud.takeSnapshot(live, snapshot));
        done(cloud.restoreSnapshot(tenant, snapshot, restored));
        done(cloud.compareWithSnapshot(tenant, snapshot, restored));

        try (var before = inside(live);
                var after = inside(restored)) {
            assertThat(Contents.of(after).allDifferencesTo(Contents.of(before))).isEmpty();
        } finally {
            cloud.removeDatabase(restored);
            done(cloud.removeSnapshot(tenant, snapshot));
        }
    }

    @Test
    void every_kind_comes_back_from_an_export_or_is_named() throws IOException {
        var target = new Told();

        cloud.exportDatabases(live, target);

        assertThat(target.trial)
                .isInstanceOfSatisfying(
                        ExportTarget.TrialImport.Different.class,
                        different -> assertThat(different.differences())
                                .allMatch(line -> line.startsWith("large object 4711") || isOfASuperuser(line))
                                .hasSizeGreaterThan(ofSuperusers.size()));
    }

    @Test
    void what_the_tenant_schema_does_not_have_is_named_when_it_would_go_to_another_server() throws SQLException {
        var empty = another("__3");
        try (var from = inside(live);
                var to = inside(empty)) {
            assertThat(Rows.carry(from, to))
                    .hasValueSatisfying(
                            reason -> assertThat(reason).contains("is not part of the tenant schema of this version"));
        } finally {
            cloud.removeDatabase(empty);
        }
    }

    @Test
    void a_comment_alone_is_named_when_it_would_go_to_another_server() throws SQLException {
        var one = another("__4");
        var other = another("__5");
        try (var from = inside(one);
                var to = inside(other)) {
            TenantDatabase.execute(from, "comment on table app.guestbook_entry is 'ours'");

            assertThat(Rows.carry(from, to))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("the comment table app.guestbook_entry"));
        } finally {
            cloud.removeDatabase(one);
            cloud.removeDatabase(other);
        }
    }

    @Test
    void t20_neither_policies_nor_triggers_come_between_rows_and_another_server() throws SQLException {
        var one = another("__6");
        var other = another("__7");
        try (var from = inside(one);
                var to = inside(other)) {
            TenantDatabase.execute(
                    from, "insert into app.guestbook_entry (author, message) values ('a', 'b'), ('c', 'd')");
            for (var side : List.of(from, to)) TenantDatabase.execute(side, """
                        create function app.never() returns trigger language plpgsql as 'begin return null; end';
                        create trigger never before insert on app.guestbook_entry
                            for each row execute function app.never();
                        alter table app.guestbook_entry enable always trigger never;
                        alter table app.guestbook_entry enable row level security;
                        alter table app.guestbook_entry force row level security;
                        create policy nothing on app.guestbook_entry using (author = 'nobody')
                        """);

            assertThat(Rows.carry(from, to)).isEmpty();

            assertThat(Contents.of(to).allDifferencesTo(Contents.of(from))).isEmpty();
            assertThat(Contents.of(to).rows())
                    .isEqualTo(Contents.of(from).rows())
                    .isGreaterThanOrEqualTo(2);
        } finally {
            cloud.removeDatabase(one);
            cloud.removeDatabase(other);
        }
    }

    private DatabaseSpec another(String suffix) {
        var desired = new DatabaseSpec(tenant, name + suffix, "tests/" + name + suffix, true);
        done(cloud.ensureSecret(
                tenant,
                desired.secret(),
                Map.of("username", desired.name(), "password", "p4ssword-" + UUID.randomUUID())));
        done(cloud.ensureDatabase(desired));
        return desired;
    }

    private static boolean isOfASuperuser(String line) {
        return List.of(
                        "kinds_",
                        "kinds.family",
                        "kinds.class",
                        "kinds.happened",
                        "kinds.far",
                        "kinds.parser",
                        "kinds.template",
                        "transform",
                        "bytea AS kinds.span")
                .stream()
                .anyMatch(line::contains);
    }

    private static void seesChanges(Connection in, List<Kind> kinds) throws SQLException {
        Sql.execute(in, Contents.SETTINGS);
        in.setAutoCommit(false);
        var before = Contents.within(in, new TreeMap<>());
        var unseen = new ArrayList<String>();
        for (var kind : kinds) {
            var point = in.setSavepoint();
            execute(in, kind.change(), kind);
            execute(in, Contents.SETTINGS, kind);
            if (Contents.within(in, new TreeMap<>()).allDifferencesTo(before).isEmpty()) unseen.add(kind.name());
            in.rollback(point);
        }
        in.rollback();
        assertThat(unseen).isEmpty();
    }

    private static void make(Connection in, Kind kind) {
        execute(in, kind.sample(), kind);
    }

    private static void execute(Connection in, String sql, Kind kind) {
        try {
            TenantDatabase.execute(in, sql);
        } catch (SQLException e) {
            throw new AssertionError(kind.name() + ": " + e.getMessage(), e);
        }
    }

    private static String somebodys(String catalogue) {
        return switch (catalogue) {
            case "pg_aggregate" -> "aggfnoid >= 16384";
            case "pg_attribute" -> "attrelid >= 16384";
            case "pg_description", "pg_seclabel" -> "objoid >= 16384";
            case "pg_foreign_table" -> "ftrelid >= 16384";
            case "pg_index" -> "indexrelid >= 16384";
            case "pg_inherits" -> "inhrelid >= 16384";
            case "pg_largeobject_metadata" -> "true";
            case "pg_partitioned_table" -> "partrelid >= 16384";
            case "pg_range" -> "rngtypid >= 16384";
            case "pg_sequence" -> "seqrelid >= 16384";
            case "pg_ts_config_map" -> "mapcfg >= 16384";
            default -> "oid >= 16384";
        };
    }

    private Connection inside(DatabaseSpec desired) throws SQLException {
        var credentials = cloud.readSecret(desired.secret()).orElseThrow().value();
        return DriverManager.getConnection(
                Server.url(desired.name()) + "?preferQueryMode=simple",
                credentials.get("username"),
                credentials.get("password"));
    }

    private static Connection asSuperuser(DatabaseSpec desired) throws SQLException {
        return Server.asSuperuser(desired.name());
    }

    private static List<Kind> kinds(String file) {
        try (var sql = Objects.requireNonNull(ObjectKindsTest.class.getResourceAsStream("/kinds/" + file + ".sql"))) {
            return Arrays.stream(new String(sql.readAllBytes(), StandardCharsets.UTF_8).split("#kind "))
                    .skip(1)
                    .map(block -> {
                        var parts = block.split("#change\n");
                        var lines = parts[0].split("\n", 2);
                        return new Kind(lines[0], lines[1], parts[1]);
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    /// Takes an export and keeps what is said about it.
    private static final class Told implements ExportTarget {

        private TrialImport trial = new TrialImport.NotTried("nothing was said");

        @Override
        public void begin(Database database) {}

        @Override
        public void add(File file, Content content) throws IOException {
            content.writeTo(OutputStream.nullOutputStream());
        }

        @Override
        public void end(TrialImport came) {
            trial = came;
        }
    }
}
