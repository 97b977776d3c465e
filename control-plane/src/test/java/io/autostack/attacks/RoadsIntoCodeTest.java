package io.autostack.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Databases;
import io.autostack.provisioning.cloud.ExportTarget;
import io.autostack.provisioning.cloud.Exports;
import io.autostack.provisioning.cloud.Inventory;
import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.cloud.SchemaReading;
import io.autostack.provisioning.cloud.Schemas;
import io.autostack.provisioning.cloud.SecretStage;
import io.autostack.provisioning.cloud.Sizing;
import io.autostack.provisioning.cloud.Snapshots;
import io.autostack.provisioning.cloud.TaggedResource;
import io.autostack.provisioning.cloud.TaggedResources;
import io.autostack.testing.OwnFleet;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Everything that a tenant can leave in its database to run later, and everything that the platform does there.
/// Code of the tenant may run; never with more rights than the tenant's. What ran, and as whom, stands in the
/// server's own log, which no rollback undoes.
@QuarkusTest
@Tag("own-platform")
@TestProfile(OwnFleet.class)
class RoadsIntoCodeTest {

    /// Says who runs it, and tries to become nobody and to take the victim's password.
    private static final String SPRUNG = """
            create function app.sprung(road text) returns boolean language plpgsql as $$
            begin
              raise log '%% %% as %% in %% %%', '%1$s', road, current_user, session_user,
                case when pg_catalog.pg_has_role(session_user, '%2$s', 'member')
                       or pg_catalog.pg_has_role(current_user, '%2$s', 'member')
                       or exists (select from pg_catalog.pg_roles r where r.rolname in (session_user, current_user)
                                     and (r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolbypassrls))
                     then 'MIGHTY' else 'harmless' end;
              begin
                perform pg_catalog.set_config('role', 'none', false);
                execute 'alter role "%2$s" password null';
              exception when others then null;
              end;
              return true;
            end $$
            """;

    private final Cloud cloud;
    private final String token = UUID.randomUUID().toString();
    private final Set<String> asked = new TreeSet<>();
    private final DatabaseSpec hostile = fresh();
    private final DatabaseSpec victim = fresh();
    private final DatabaseSpec copy =
            new DatabaseSpec(hostile.tenant(), hostile.name() + "__1", hostile.secret() + "-1", true);
    private final String snapshot = "snapshot_" + UUID.randomUUID().toString().replace("-", "");

    @Inject
    RoadsIntoCodeTest(Cloud cloud) {
        this.cloud = cloud;
    }

    /// Something that the platform does in a tenant's database.
    private interface Action {
        Object run() throws Exception;
    }

    @Test
    void t01_t02_t03_on_no_road_does_a_tenants_code_run_with_more_than_its_own_rights() throws Exception {
        OwnFleet.tenants();
        var version = OwnFleet.version("insert into app.guestbook_entry (author, message) values ('us', 'rolled out');"
                + " update app.guestbook_entry set message = message;"
                + " alter table app.guestbook_entry add column t03 text;");
        try {
            made(victim);
            made(hostile);
            var log = ServerLog.fromNow();
            var roads = layRoads();

            for (var action : actions(version).entrySet()) {
                done(action.getKey(), action.getValue());
                assertThat(log.linesWith(token))
                        .as("what ran during “" + action.getKey() + "”")
                        .noneMatch(line -> line.contains("MIGHTY"));
            }

            assertThat(log.linesWith(token)).as("roads that lead anywhere").isNotEmpty();
            assertThat(roads).as("roads that exist").contains(Road.POLICY, Road.TRIGGERS, Road.CAST_TO_TEXT);
            assertThat(roads)
                    .as("roads that do not exist")
                    .doesNotContain(
                            Road.POLICY_ON_THE_SCHEMA_HISTORY,
                            Road.SHADOWED_HISTORY,
                            Road.SEARCH_PATH_OF_THE_DATABASE,
                            Road.ROLE_OF_THE_DATABASE,
                            Road.SETTINGS_OF_THE_DATABASE,
                            Road.EVENT_TRIGGER,
                            Road.EXTENSION_THAT_CONNECTS,
                            Road.EXTENSION_THAT_READS_FILES,
                            Road.LANGUAGE_WITHOUT_A_CAGE,
                            Road.FUNCTION_OF_THE_SERVER,
                            Road.LIBRARY,
                            Road.PLACE_OF_THE_CATALOGUES,
                            Road.PROGRAM,
                            Road.FILE_OF_THE_SERVER,
                            Road.SETTINGS_OF_THE_SERVER,
                            Road.LIBRARY_AT_SIGN_IN,
                            Road.SUBSCRIPTION,
                            Road.REPLICATION,
                            Road.DEFAULT_PRIVILEGES,
                            Road.MEMBERSHIP);
            assertThat(asked).as("what the platform does with databases").containsAll(everythingWithDatabases());
            Server.as(secret(victim), victim.name()).close();
            nothingIsLeft();
        } finally {
            OwnFleet.removeVersion(version);
            cloud.removeDatabase(victim);
        }
    }

    private static void nothingIsLeft() throws SQLException {
        assertThat(Server.texts("postgres", """
                select r.rolname from pg_auth_members m
                  join pg_roles r on r.oid = m.roleid
                  join pg_roles u on u.oid = m.member
                 where u.rolname = 'autostack_provisioner' and (m.inherit_option or m.set_option)
                   and starts_with(r.rolname, 'tenant')
                """))
                .as("roles in which the platform is")
                .isEmpty();
        assertThat(Server.texts(
                        "postgres", "select rolname from pg_roles where starts_with(rolname, 'autostack_session')"))
                .as("logins that were left behind")
                .isEmpty();
    }

    /// What the platform can do, but for what has nothing to do with a database of a tenant.
    private static Set<String> everythingWithDatabases() {
        var all = Stream.of(
                        Databases.class,
                        Snapshots.class,
                        Schemas.class,
                        Exports.class,
                        Inventory.class,
                        TaggedResources.class)
                .flatMap(part -> Stream.of(part.getMethods()))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        all.removeAll(Set.of(
                "home",
                "ensureServer",
                "findAddress",
                "findObstacleTo",
                "schemaVersions",
                "baselineVersion",
                "setBaselineVersion",
                "prepareSchema"));
        return all;
    }

    /// The same, with what is asked of it written down.
    private Cloud noted(Cloud cloud) {
        return (Cloud) Proxy.newProxyInstance(
                Cloud.class.getClassLoader(), new Class<?>[] {Cloud.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    try {
                        return method.invoke(cloud, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Map<String, Action> actions(String version) {
        var cloud = noted(this.cloud);
        var actions = new LinkedHashMap<String, Action>();
        actions.put("adopt", () -> cloud.ensureDatabase(hostile));
        actions.put("look at the schema", () -> cloud.readSchema(hostile, true));
        actions.put("take the inventory", cloud::inventory);
        actions.put("count", cloud::quotas);
        actions.put("measure", () -> cloud.findSize(hostile));
        actions.put("sign in", () -> cloud.signIn(hostile));
        actions.put("check", () -> cloud.checkDatabase(hostile));
        actions.put("repair", () -> cloud.repairDatabase(hostile));
        actions.put("repair what is inside", () -> cloud.repairContents(hostile));
        actions.put("size", () -> cloud.sizeDatabase(hostile, new Sizing(10, Duration.ofSeconds(30))));
        actions.put("close", () -> cloud.closeDatabase(hostile));
        actions.put("look while closed", () -> cloud.readSchema(hostile, true));
        actions.put("rest", () -> cloud.restServer(hostile));
        actions.put("open", () -> cloud.openDatabase(hostile));
        actions.put("roll out", () -> cloud.migrateSchema(hostile, version));
        actions.put("back up", () -> cloud.takeSnapshot(hostile, snapshot));
        actions.put("write a file", () -> cloud.dumpSnapshot(hostile.tenant(), snapshot));
        actions.put("list backups", () -> cloud.snapshots(hostile.tenant()));
        actions.put("restore", () -> cloud.restoreSnapshot(hostile.tenant(), snapshot, copy));
        actions.put("compare", () -> cloud.compareWithSnapshot(hostile.tenant(), snapshot, copy));
        actions.put("look at the copy", () -> cloud.readSchema(copy, true));
        actions.put("find obstacles to an export", () -> cloud.findExportObstacle(hostile));
        actions.put("export", () -> {
            cloud.exportDatabases(hostile, new Swallowing());
            return true;
        });
        actions.put(
                "stage credentials",
                () -> cloud.stageSecret(
                        hostile.tenant(),
                        hostile.secret(),
                        Map.of("username", cloud.spareLogin(hostile), "password", "p4ssword-" + token)));
        actions.put("open a login", () -> cloud.openLogin(hostile, SecretStage.PENDING));
        actions.put("check the login", () -> cloud.checkLogin(hostile, SecretStage.PENDING));
        actions.put("end sessions", () -> cloud.endSessions(hostile, SecretStage.CURRENT, true));
        actions.put("close a login", () -> cloud.closeLogin(hostile, SecretStage.CURRENT));
        actions.put("delete the copy", () -> cloud.removeDatabase(copy));
        actions.put("restore again", () -> cloud.restoreSnapshot(hostile.tenant(), snapshot, copy));
        actions.put("delete what nobody knows of", () -> cloud.removeResource(foundCopy()));
        actions.put("find what is left", () -> cloud.findTaggedResources(hostile.tenant()));
        actions.put("delete the backup", () -> cloud.removeSnapshot(hostile.tenant(), snapshot));
        actions.put("delete", () -> cloud.removeDatabase(hostile));
        for (var kind : List.of(TaggedResource.Kind.DATABASE, TaggedResource.Kind.ROLE))
            actions.put(
                    "delete " + kind.words() + " that are left",
                    () -> cloud.removeTaggedResources(hostile.tenant(), kind));
        return actions;
    }

    private ObservedResource foundCopy() {
        return cloud.inventory().stream()
                .filter(found -> found.kind() == ObservedResource.Kind.DATABASE
                        && found.name().equals(copy.name()))
                .findFirst()
                .orElseThrow();
    }

    /// A tenant may keep the platform from something; then that is said, and asking again is no use.
    private static void done(String what, Action action) throws Exception {
        var answer = action.run();
        if (answer instanceof Outcome outcome)
            assertThat(outcome).as(what).isInstanceOfAny(Outcome.Done.class, Outcome.Failed.class);
        if (answer instanceof SchemaReading reading)
            assertThat(reading).as(what).isInstanceOf(SchemaReading.Observed.class);
        if (what.startsWith("delete") || what.startsWith("back up"))
            assertThat(answer).as(what).isInstanceOf(Outcome.Done.class);
    }

    private TreeSet<Road> layRoads() throws SQLException {
        try (var tenant = Server.as(secret(hostile), hostile.name())) {
            TenantDatabase.execute(tenant, SPRUNG.formatted(token, victim.name()));
        }
        var there = new TreeSet<Road>();
        for (var road : Road.values()) if (isLaid(road)) there.add(road);
        return there;
    }

    /// @return whether each of its statements was allowed
    private boolean isLaid(Road road) throws SQLException {
        boolean all = true;
        try (var tenant = Server.as(secret(hostile), hostile.name())) {
            for (var statement : road.statements(hostile.name())) all &= isAllowed(tenant, statement);
        }
        return all;
    }

    private static boolean isAllowed(Connection tenant, String statement) {
        try {
            TenantDatabase.execute(tenant, statement);
            return true;
        } catch (SQLException _) {
            return false;
        }
    }

    private void made(DatabaseSpec desired) {
        for (var one : List.of(desired, copy))
            assertThat(cloud.ensureSecret(
                            one.tenant(),
                            one.secret(),
                            Map.of("username", one.name(), "password", "p4ssword-" + UUID.randomUUID())))
                    .isInstanceOf(Outcome.Done.class);
        assertThat(cloud.ensureDatabase(desired)).isInstanceOf(Outcome.Done.class);
    }

    private Map<String, String> secret(DatabaseSpec desired) {
        return cloud.readSecret(desired.secret()).orElseThrow().value();
    }

    private static DatabaseSpec fresh() {
        var tenant = UUID.randomUUID();
        return new DatabaseSpec(tenant, "tenant_" + tenant.toString().replace("-", ""), "tests/" + tenant, true);
    }

    /// Reads everything, and keeps nothing.
    private static final class Swallowing implements ExportTarget {
        @Override
        public void begin(Database database) {}

        @Override
        public void add(File file, Content content) throws IOException {
            content.writeTo(OutputStream.nullOutputStream());
        }

        @Override
        public void end(TrialImport trial) {}
    }
}
