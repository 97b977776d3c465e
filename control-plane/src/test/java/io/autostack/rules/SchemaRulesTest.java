package io.autostack.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.autostack.testing.Tokens;
import io.autostack.testing.Upkeep;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What holds for every table, whoever adds it: read from the database's own catalogue.
@QuarkusTest
class SchemaRulesTest {

    private static final String OURS = """
             n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
               and not (n.nspname = 'public' and c.relname = 'flyway_schema_history')
            """;

    /// Tables whose rows belong to a tenant, and the column that says to which.
    private static final String TENANT_SCOPED = """
            select n.nspname || '.' || c.relname as name, a.attname as tenant
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
             where c.relkind in ('r', 'p')
               and (a.attname = 'tenant_id' or (n.nspname || '.' || c.relname = 'tenancy.tenant' and a.attname = 'id'))
             order by name
            """;

    @Test
    void migrations_build_an_empty_database_and_then_have_nothing_left_to_do() throws SQLException {
        var name = "schema_" + UUID.randomUUID().toString().replace("-", "");
        try (var admin = Server.asSuperuser("postgres")) {
            execute(admin, "create database " + name + " owner autostack_owner");
            try {
                var flyway = Flyway.configure()
                        .dataSource(
                                Server.url(name),
                                Server.setting("AUTOSTACK_DB_OWNER_USER"),
                                Server.setting("AUTOSTACK_DB_OWNER_PASSWORD"))
                        .locations("classpath:db/control-plane")
                        .placeholders(Map.of("app", Server.setting("AUTOSTACK_DB_USER")))
                        .load();

                assertThat(flyway.migrate().migrationsExecuted).isPositive();
                assertThat(flyway.migrate().migrationsExecuted).isZero();
                flyway.validate();
            } finally {
                execute(admin, "drop database " + name + " with (force)");
            }
        }
    }

    @Test
    void every_tenant_scoped_table_has_enabled_and_forced_row_security_with_a_policy() throws SQLException {
        assertThat(tenantTables()).hasSizeGreaterThan(8);
        assertThat(Server.texts("autostack", """
                with scoped as (%s)
                select s.name from scoped s join pg_class c on c.oid = s.name::regclass
                 where not c.relrowsecurity or not c.relforcerowsecurity
                    or not exists (select from pg_policy p where p.polrelid = c.oid
                                      and p.polcmd = '*' and p.polqual is not null and p.polwithcheck is not null)
                """.formatted(TENANT_SCOPED.replace("order by name", ""))))
                .isEmpty();
    }

    @Test
    void every_table_says_what_it_is_for() throws SQLException {
        assertThat(Server.texts("autostack", """
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r', 'p') and coalesce(obj_description(c.oid, 'pg_class'), '') = '' and
                """ + OURS)).isEmpty();
    }

    @Test
    void no_column_is_a_binary_fraction_or_a_time_without_zone() throws SQLException {
        assertThat(Server.texts("autostack", """
                select n.nspname || '.' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                  from pg_class c join pg_namespace n on n.oid = c.relnamespace
                  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 where c.relkind in ('r', 'p')
                   and a.atttypid in ('float4'::regtype, 'float8'::regtype, 'money'::regtype,
                                      'timestamp'::regtype, 'time'::regtype, 'timetz'::regtype) and
                """ + OURS)).isEmpty();
    }

    @Test
    void every_column_that_names_a_tenant_begins_an_index() throws SQLException {
        assertThat(Server.texts("autostack", """
                with scoped as (%s)
                select s.name || '.' || s.tenant from scoped s
                 where not exists (
                       select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                        where i.indrelid = s.name::regclass and a.attname = s.tenant)
                """.formatted(TENANT_SCOPED.replace("order by name", ""))))
                .isEmpty();
    }

    @Test
    void every_reference_between_tenants_rows_begins_an_index() throws SQLException {
        assertThat(Server.texts("autostack", """
                with scoped as (%s)
                select k.conrelid::regclass || '.' || a.attname
                  from pg_constraint k
                  join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
                 where k.contype = 'f'
                   and k.confrelid in (select name::regclass from scoped)
                   and not exists (select from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1])
                """.formatted(TENANT_SCOPED.replace("order by name", ""))))
                .isEmpty();
    }

    @Test
    void the_applications_role_owns_nothing_and_has_no_powers() throws SQLException {
        assertThat(Server.texts("autostack", """
                select rolname from pg_roles
                 where rolname = 'autostack_app'
                   and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
                """)).isEmpty();
        assertThat(Server.texts("autostack", "select relname from pg_class where relowner = 'autostack_app'::regrole"))
                .isEmpty();
        assertThat(Server.texts(
                        "autostack", "select nspname from pg_namespace where nspowner = 'autostack_app'::regrole"))
                .isEmpty();
        assertThat(Server.texts("autostack", """
                select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid
                 where m.member = 'autostack_app'::regrole
                """))
                .as("roles that it is in, but for the one that lets it in when tenants have taken all connections")
                .containsExactly("pg_use_reserved_connections");
    }

    @Test
    void the_applications_role_can_neither_change_tables_nor_empty_them() throws SQLException {
        try (var application = Server.asApplication(null, "platform")) {
            for (var table : tenantTables().keySet())
                for (var statement : List.of(
                        "truncate " + table,
                        "alter table " + table + " disable row level security",
                        "drop table " + table))
                    assertThatThrownBy(() -> execute(application, statement))
                            .as(statement)
                            .isInstanceOf(SQLException.class)
                            .extracting(refused -> ((SQLException) refused).getSQLState())
                            .isEqualTo("42501");
        }
    }

    @Test
    void history_is_only_ever_added_to() throws SQLException {
        try (var application = Server.asApplication(null, "platform")) {
            assertThatThrownBy(() -> execute(application, "update audit.event set actor = 'somebody else'"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> execute(application, "delete from audit.event"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void what_a_tenant_was_stays_as_it_was_written_down() throws SQLException {
        try (var application = Server.asApplication(null, "platform")) {
            assertThatThrownBy(() -> execute(application, "update tenancy.tenant_history set status = 'closed'"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> execute(application, "delete from tenancy.tenant_history"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void a_change_of_plan_stays_as_it_was_recorded() throws SQLException {
        try (var application = Server.asApplication(null, "platform")) {
            assertThatThrownBy(() -> execute(application, "update billing.proration_event set credit = 0"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> execute(application, "delete from billing.proration_event"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void rows_show_only_to_those_whose_scope_they_are_in() throws SQLException {
        var one = tenantWithData("alice@example.com");
        var other = tenantWithData("author@example.com");
        for (var table : tenantTables().entrySet()) {
            var name = table.getKey();
            var mine = " from " + name + " where " + table.getValue() + " = '" + one + "'";
            assertThat(count(null, "platform", "select count(*)" + mine))
                    .as(name)
                    .isPositive();
            assertThat(count(null, null, "select count(*) from " + name))
                    .as(name + " without a scope")
                    .isZero();
            assertThat(count(one, null, "select count(*)" + mine))
                    .as(name + " of the tenant")
                    .isPositive();
            assertThat(count(
                            one,
                            null,
                            "select count(*) from " + name + " where " + table.getValue() + " is distinct from '" + one
                                    + "'"))
                    .as(name + " of anybody else")
                    .isZero();
            assertThat(count(other, null, "select count(*)" + mine))
                    .as(name + " as the other tenant")
                    .isZero();
        }
    }

    @Test
    void nobody_writes_rows_into_another_tenants_scope() throws SQLException {
        try (var application = Server.asApplication(UUID.randomUUID().toString(), null)) {
            assertThatThrownBy(() -> execute(
                            application,
                            "insert into provisioning.route (host, tenant_id) values ('stolen.localhost',"
                                    + " gen_random_uuid())"))
                    .hasMessageContaining("row-level security");
        }
    }

    /// Something in every tenant-scoped table.
    private static String tenantWithData(String owner) throws SQLException {
        var slug = Onboarding.activeTenant("professional", owner);
        var person = owner.substring(0, owner.indexOf('@'));
        Deploying.deployed(Callers.person(person), Callers.person(person), slug, "Shop");
        Tokens.create("application", slug);
        Callers.operator()
                .contentType("application/json")
                .body(Map.of("domain", slug + ".example"))
                .post("/api/v1/tenants/" + slug + "/domains")
                .then()
                .statusCode(201);
        Upkeep.byHand("postgres", "alter database " + TenantDatabase.name(slug) + " connection limit 3");
        Upkeep.reconcile();
        Callers.application()
                .contentType("application/cloudevents+json")
                .body(Map.of(
                        "specversion",
                        "1.0",
                        "type",
                        "io.autostack.usage.recorded.v1",
                        "source",
                        "schema-rules",
                        "id",
                        UUID.randomUUID().toString(),
                        "subject",
                        slug,
                        "data",
                        Map.of("meter", "api-requests", "quantity", 1)))
                .post("/api/v1/usage-events")
                .then()
                .statusCode(202);
        for (var asked : List.of("backups", "restore-drills"))
            Onboarding.finished(
                    Callers.operator()
                            .post("/api/v1/tenants/" + slug + "/" + asked)
                            .then()
                            .statusCode(202)
                            .extract()
                            .path("operation"),
                    "done");
        Onboarding.finished(
                Callers.operator()
                        .contentType("application/json")
                        .body(Map.of("plan", "business"))
                        .put("/api/v1/tenants/" + slug + "/plan")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("operation"),
                "done");
        String id = Callers.operator().get("/api/v1/tenants/" + slug).path("id");
        rolledOut(id);
        closedAndBack(id);
        moved(id, slug);
        return id;
    }

    /// A part in a rollout that is over: a real one would be about all tenants of this run.
    private static void rolledOut(String tenant) {
        try (var application = Server.asApplication(null, "platform")) {
            execute(application, """
                    with rollout as (
                         insert into tenancy.rollout (id, version, state, created_by, created_at)
                         values (gen_random_uuid(), '1', 'abandoned', 'schema-rules', now()) returning id)
                    insert into tenancy.rollout_tenant (id, rollout_id, tenant_id, position, wave, state)
                    select gen_random_uuid(), id, '%s', 0, 1, 'skipped' from rollout
                    """.formatted(tenant));
            execute(application, """
                    insert into tenancy.tenant_schema (tenant_id) values ('%s') on conflict do nothing
                    """.formatted(tenant));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /// Rows that only a tenant which is gone has in earnest.
    private static void closedAndBack(String tenant) throws SQLException {
        try (var admin = Server.asSuperuser("autostack")) {
            execute(admin, """
                    with closing as (
                        insert into tenancy.closing (id, tenant_id, operation, closed_by, closed_at, retained_until,
                                                     was_suspended, reopened_at)
                        values (gen_random_uuid(), '%1$s', gen_random_uuid(), 'test', now(), now(), false, now())
                        returning id)
                    insert into tenancy.certificate (id, tenant_id, closing_id, issued_at, text, sha256)
                    select gen_random_uuid(), '%1$s', id, now(), 'test', repeat('0', 64) from closing
                    """.formatted(tenant));
        }
    }

    /// A move that is over, a cluster that was never started, and a file that nobody wrote.
    private static void moved(String id, String slug) throws SQLException {
        try (var admin = Server.asSuperuser("autostack")) {
            execute(admin, """
                    insert into moves.move (id, tenant_id, operation_id, slug, state, from_database, from_secret,
                           from_placement, to_database, to_secret, to_placement, confirmed, price_book,
                           monthly_before, monthly_after, currency, requested_by, requested_at)
                    values (gen_random_uuid(), '%s', gen_random_uuid(), '%s', 'undone', 'a', 'a', 'shared', 'b', 'b',
                           'shared', 'on-call', 1, 1, 2, 'USD', 'somebody', now())
                    """.formatted(id, slug));
            execute(
                    admin,
                    "insert into provisioning.cluster (tenant_id, folder) values ('%1$s', '%1$s')".formatted(id));
            execute(
                    admin,
                    "insert into provisioning.dump_file (tenant_id, snapshot, home, host)"
                            + " values ('%s', 'snapshot_of_nothing', gen_random_uuid(), 'nowhere')".formatted(id));
            execute(admin, """
                    insert into provisioning.rds_instance (identifier, tenant_id) values ('t-%1$s', '%1$s');
                    insert into provisioning.rds_database (name, tenant_id, identifier)
                    values ('nothing-%1$s', '%1$s', 't-%1$s');
                    insert into provisioning.rds_snapshot (name, tenant_id, database_name, taken_at, bytes, contents)
                    values ('nothing-%1$s', '%1$s', 'nothing', now(), 0, '{}');
                    insert into provisioning.dns_record (host, tenant_id) values ('%1$s.localhost', '%1$s');
                    insert into provisioning.ecs_service (name, tenant_id, log_group, fingerprint)
                    values ('nothing-%1$s', '%1$s', 'nothing', 'nothing')
                    """.formatted(id));
        }
    }

    private static Map<String, String> tenantTables() throws SQLException {
        var tables = new TreeMap<String, String>();
        try (var admin = Server.asSuperuser("autostack");
                var select = admin.createStatement();
                var rows = select.executeQuery(TENANT_SCOPED)) {
            while (rows.next()) tables.put(rows.getString("name"), rows.getString("tenant"));
        }
        return tables;
    }

    private static long count(@Nullable String tenant, @Nullable String scope, String query) throws SQLException {
        try (var application = Server.asApplication(tenant, scope);
                var select = application.createStatement();
                var rows = select.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
