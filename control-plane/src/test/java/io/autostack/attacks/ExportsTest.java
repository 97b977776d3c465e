package io.autostack.attacks;

import static io.autostack.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.autostack.provisioning.PeriodicTask;
import io.autostack.testing.Archive;
import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.autostack.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// An export can be imported, or says what would be missing; whatever names and policies a tenant gives.
@QuarkusTest
class ExportsTest {

    private final Instance<PeriodicTask> periodic;

    @Inject
    ExportsTest(@Any Instance<PeriodicTask> periodic) {
        this.periodic = periodic;
    }

    @Test
    void t20_a_policy_hides_no_row_from_an_export_and_holds_again_after_an_import() throws SQLException, IOException {
        var archive = exported("""
                create table app.bill (id int primary key, customer int not null);
                insert into app.bill select n, n % 3 from generate_series(1, 30) n;
                alter table app.bill enable row level security;
                alter table app.bill force row level security;
                create policy own on app.bill to current_user using (customer = current_setting('app.customer')::int)
                """);

        assertThat(archive.rows("app.bill")).isEqualTo(30);
        assertThat(archive.text("data/app.bill.csv").lines().count()).isEqualTo(31);
        isWhole(archive);
    }

    @Test
    void t30_t31_t32_t33_what_others_lost_comes_back() throws SQLException, IOException {
        isWhole(exported("""
                create collation app.german (provider = icu, locale = 'de-u-co-phonebk', deterministic = false);
                create table app.customer (id int primary key, name text collate app.german, mail text);
                insert into app.customer values (1, 'a', null);
                alter table app.customer add constraint mail_there not null mail not valid;
                create view app.v with (security_invoker = true) as
                    select * from app.customer where id > 0 with cascaded check option;
                create materialized view app.m as select id from app.customer;
                create unique index m_id on app.m (id);
                alter table app.customer enable row level security;
                create policy mine on app.customer to current_user using (true)
                """));
    }

    @Test
    void t34_files_have_names_that_every_system_can_store() throws SQLException, IOException {
        var cyrillic = "съешьжеещёэтихмягкихфранцузски";
        assertThat(cyrillic).hasSize(30);
        var archive = exported("""
                create schema "%1$s"; create table "%1$s"."%1$s" as select 1 as a;
                create schema con; create table con.aux as select 2 as a;
                create table app."Order" as select 3 as a; create table app."order" as select 4 as a;
                create schema "../.."; create table "../.."."../../etc/passwd" as select 5 as a;
                create table app."a.b" as select 6 as a; create table app."a_b" as select 7 as a;
                create table app." nul.txt . " as select 8 as a
                """.formatted(cyrillic));

        var seen = new HashSet<String>();
        for (var path : archive.paths()) {
            assertThat(seen.add(path.toLowerCase(Locale.ROOT))).as(path).isTrue();
            for (var part : path.split("/")) {
                assertThat(part.length()).as(path).isLessThan(120);
                assertThat(part).matches("[A-Za-z0-9_~-][A-Za-z0-9_.~-]*[A-Za-z0-9_~-]");
                assertThat(part.split("[.]")[0].toLowerCase(Locale.ROOT)).isNotIn("con", "aux", "nul", "prn", "com1");
            }
        }
        assertThat(fileOf(archive, "app", "Order")).isEqualTo("a\n3\n");
        assertThat(fileOf(archive, "app", "order")).isEqualTo("a\n4\n");
        assertThat(fileOf(archive, "../..", "../../etc/passwd")).isEqualTo("a\n5\n");
        assertThat(fileOf(archive, cyrillic, cyrillic)).isEqualTo("a\n1\n");
        isWhole(archive);
    }

    @Test
    void t35_what_an_archive_does_not_bring_back_is_in_its_manifest() throws SQLException, IOException {
        var archive = exported("select lo_from_bytea(4711, 'large')");

        assertThat(archive.manifest().getString("databases[0].import.result")).isEqualTo("different");
        assertThat(archive.manifest().<String>getList("databases[0].import.differences"))
                .singleElement()
                .asString()
                .startsWith("large object 4711 has gone instead of 5 bytes");
    }

    @Test
    void t35_code_that_runs_only_in_an_import_has_no_rights_outside_and_ends_no_export()
            throws SQLException, IOException {
        var archive = exported("""
                create function app.who() returns integer language plpgsql immutable as
                    'begin if session_user::text like ''scratch%%'' then
                         raise exception ''% of %, super %, others %, may sign in %'', session_user,
                            (select pg_get_userbyid(datdba) from pg_database where datname = current_database()),
                            (select bool_or(rolsuper or rolcreaterole or rolcreatedb) from pg_roles
                              where pg_has_role(session_user, oid, ''member'')),
                            (select count(*) from pg_roles
                              where pg_has_role(session_user, oid, ''member'') and rolname <> session_user
                                and rolname <> ''pg_database_owner''),
                            (select rolcanlogin from pg_roles where rolname = session_user);
                     end if; return 1; end';
                create table app.trap (id int, one int generated always as (app.who()) stored);
                insert into app.trap values (1)
                """.replace("%%", "%"));

        assertThat(archive.rows("app.trap")).isEqualTo(1);
        assertThat(archive.manifest().<String>getList("databases[0].import.differences"))
                .anySatisfy(line ->
                        assertThat(line).contains("is refused: scratch_").endsWith("super f, others 0, may sign in f"))
                .contains("app.trap has gone instead of 1 rows");
    }

    @Test
    void s01_what_an_import_or_the_original_says_is_kept_shortened() throws SQLException, IOException {
        var archive = exported("""
                create function app.shout() returns integer language plpgsql immutable as
                    'begin if session_user::text like ''scratch%'' then
                         raise exception ''%'', repeat(''loud '', 100000); end if; return 1; end';
                create table app.loud (id int, one int generated always as (app.shout()) stored);
                insert into app.loud values (1);
                create table app.unreadable (a text, b int generated always as (a::int) virtual);
                insert into app.unreadable values (repeat('x', 500000))
                """);

        assertThat(archive.manifest().<String>getList("databases[0].import.differences"))
                .anySatisfy(line -> assertThat(line).contains("app.loud").contains("loud loud"))
                .anySatisfy(line -> assertThat(line).contains("app.unreadable could not be read"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(1000));
    }

    @Test
    void a_request_for_the_head_alone_takes_no_turn() throws SQLException, IOException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var path = "/api/v1/tenants/" + slug + "/export";

        Callers.alice().head(path).then().statusCode(200);
        Callers.alice().head(path).then().statusCode(200);

        Archive.read(Callers.alice().get(path)).assertManifestIsTrue();
    }

    @Test
    void t35_nothing_is_left_of_an_import_even_after_a_crash() throws SQLException, IOException {
        exported("select 1");
        Awaitility.await("no export is under way").until(() -> scratches().isEmpty());
        var name = "scratch_1700000000_0123456789abcdef";
        try (var provisioner = Server.asProvisioner()) {
            TenantDatabase.execute(provisioner, "create role " + name + " login");
            TenantDatabase.execute(provisioner, "create database " + name + " template template0");
        }

        periodic.stream()
                .filter(each -> each.name().equals("scratch-databases"))
                .findFirst()
                .orElseThrow()
                .run();

        assertThat(scratches()).doesNotContain(name);
        assertThat(Server.texts("postgres", "select rolname from pg_roles where rolname like 'scratch%'"))
                .doesNotContain(name);
    }

    @Test
    void a_download_that_rests_keeps_nobody_from_dropping_a_database_and_no_other_tenant_from_exporting()
            throws SQLException, IOException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var path = "/api/v1/tenants/" + slug + "/export";
        TenantDatabase.run(
                slug,
                "create table app.large as select n, md5(n::text) || md5((-n)::text) as text"
                        + " from generate_series(1, 400000) n");
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("GET /api/v1/tenants/" + slug
                                    + "/export HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + Tokens.create("operator", slug).secret() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(50_000), StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 200");

            try (var admin = Server.asSuperuser("postgres")) {
                TenantDatabase.execute(admin, "set statement_timeout = '60s'");
                TenantDatabase.execute(admin, "create database rests_" + slug);
                TenantDatabase.execute(admin, "drop database rests_" + slug);
            }
            problem(Callers.alice().get(path), 429, "too-many-requests")
                    .header("Retry-After", "5")
                    .body("detail", containsString("is under way, and there is one at a time"));
            isWhole(exported("select 1"));
        }
        Awaitility.await("the turn is free again")
                .until(() -> Callers.alice().head(path).statusCode() == 200);
    }

    private static List<String> scratches() throws SQLException {
        return Server.texts("postgres", "select datname from pg_database where datname like 'scratch%'");
    }

    private static Archive exported(String sql) throws SQLException, IOException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        TenantDatabase.run(slug, sql);
        var archive = Archive.read(Callers.alice().get("/api/v1/tenants/" + slug + "/export"));
        archive.assertManifestIsTrue();
        return archive;
    }

    private static void isWhole(Archive archive) {
        assertThat(archive.manifest().<String>getList("databases[0].import.differences"))
                .isEmpty();
        assertThat(archive.manifest().getString("databases[0].import.result")).isEqualTo("equal");
    }

    private static String fileOf(Archive archive, String schema, String table) {
        return archive.text(archive.manifest().<Map<String, String>>getList("databases[0].files").stream()
                .filter(file -> schema.equals(file.get("schema")) && table.equals(file.get("table")))
                .map(file -> file.get("path"))
                .findFirst()
                .orElseThrow());
    }
}
