package io.autostack.faults;

import io.autostack.faults.Faults.Call;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.testing.Server;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;

/// Real things, really broken, and how they are put right again: what an operator would do who read the reason.
final class Damage {

    private final Deque<Repair> repairs = new ArrayDeque<>();
    private final Deque<Repair> strays = new ArrayDeque<>();

    /// Puts one thing right.
    private interface Repair {
        void make() throws SQLException;
    }

    /// Everything as it was, last broken first.
    void repair() throws SQLException {
        while (!repairs.isEmpty()) repairs.pop().make();
    }

    /// Takes away what the test itself brought in.
    void tidyUp() throws SQLException {
        while (!strays.isEmpty()) strays.pop().make();
    }

    void takeLoginAway(Call call) throws SQLException {
        var role = desired(call).name();
        if (!isThere("pg_roles", "rolname", role)) makeRole(call, "nologin");
        else provisioner("alter role " + role + " nologin");
        repairs.push(() -> ifThere("pg_roles", "rolname", role, "alter role " + role + " login"));
    }

    void closeDatabase(Call call) throws SQLException {
        var name = desired(call).name();
        ifThere("pg_database", "datname", name, "alter database " + name + " with allow_connections false");
        if (call.method().getName().matches("(open|close)Database")) return;
        repairs.push(() ->
                ifThere("pg_database", "datname", name, "alter database " + name + " with allow_connections true"));
    }

    void giveDatabaseAway(Call call) throws SQLException {
        var name = desired(call).name();
        if (!isThere("pg_database", "datname", name)) return;
        var stray = "stray_" + name;
        provisioner("create role " + stray, "alter database " + name + " owner to " + stray);
        strays.push(() -> provisioner("drop role if exists " + stray));
        repairs.push(
                () -> ifThere("pg_database", "datname", name, "alter database " + name + " owner to current_user"));
    }

    /// As a crash between making the database and closing it to others leaves it.
    void leaveDatabaseHalfMade(Call call) throws SQLException {
        var name = desired(call).name();
        if (!isThere("pg_database", "datname", name)) {
            makeRole(call, "login");
            var template = desired(call).baseline() ? template() : "template0";
            provisioner("create database " + name + " template " + template + " owner " + name
                    + " allow_connections false");
            return;
        }
        provisioner("comment on database " + name + " is null", "grant connect on database " + name + " to public");
        repairs.push(() -> ifThere(
                "pg_database",
                "datname",
                name,
                "comment on database " + name + " is '" + tag(call.tenant()) + "'",
                "revoke connect on database " + name + " from public"));
    }

    void leaveRoleAlone(Call call) throws SQLException {
        var desired = desired(call);
        if (!isThere("pg_roles", "rolname", desired.name())) {
            makeRole(call, "login");
            return;
        }
        var settings = Catalogue.texts(
                "postgres",
                "select 'alter database ' || datname || ' with connection limit ' || datconnlimit || ' allow_connections '"
                        + " || datallowconn from pg_database where datname = ?",
                desired.name());
        var options = Catalogue.texts(
                "postgres",
                "select 'alter database ' || datname || ' set ' || replace(option, '=', ' = ''') || ''''"
                        + " from pg_database d join pg_db_role_setting s on s.setdatabase = d.oid,"
                        + " unnest(s.setconfig) option where datname = ?",
                desired.name());
        Catalogue.execute(
                Server.asSuperuser("postgres"), "drop database if exists " + desired.name() + " with (force)");
        if (settings.isEmpty()) return;
        repairs.push(() -> {
            if (!isThere("pg_roles", "rolname", desired.name())) return;
            call.real().ensureDatabase(desired);
            provisioner(settings.toArray(String[]::new));
            provisioner(options.toArray(String[]::new));
        });
    }

    void emptySecret(Call call) throws SQLException {
        var name = Trouble.secret(call.arguments()).orElseThrow();
        var before = call.real().readSecret(name).map(Secret::value);
        replaceSecret(call, name, Map.of());
        before.ifPresent(value -> repairs.push(() -> {
            if (call.real().readSecret(name).isPresent()) replaceSecret(call, name, value);
        }));
    }

    void leadRouteAway(Call call) throws SQLException {
        var host = Trouble.route(call.arguments()).orElseThrow();
        var before = call.real().findRoute(host);
        var stranger = UUID.randomUUID();
        route(host, stranger);
        strays.push(() -> superuser("delete from provisioning.route where tenant_id = '" + stranger + "'"));
        repairs.push(() -> {
            if (before.isPresent()) route(host, before.get());
            else superuser("delete from provisioning.route where host = '" + host + "'");
        });
    }

    private static void replaceSecret(Call call, String name, Map<String, String> value) throws SQLException {
        superuser("delete from provisioning.secret where name = '" + name + "'");
        call.real().ensureSecret(call.tenant(), name, value);
    }

    private static void route(String host, UUID tenant) throws SQLException {
        superuser("insert into provisioning.route (host, tenant_id) values ('" + host + "', '" + tenant
                + "') on conflict (host) do update set tenant_id = excluded.tenant_id");
    }

    private static void makeRole(Call call, String login) throws SQLException {
        var role = desired(call).name();
        provisioner(
                "create role " + role + " " + login, "comment on role " + role + " is '" + tag(call.tenant()) + "'");
    }

    private static String template() throws SQLException {
        return Catalogue.texts(
                        "postgres", "select datname from pg_database where datname like ?", "autostack\\_template%")
                .getFirst();
    }

    private static DatabaseSpec desired(Call call) {
        return call.argument(DatabaseSpec.class).orElseThrow();
    }

    private static String tag(UUID tenant) {
        return "autostack:tenant=" + tenant;
    }

    private static boolean isThere(String catalogue, String column, String name) throws SQLException {
        return !Catalogue.texts("postgres", "select 1 from " + catalogue + " where " + column + " = ?", name)
                .isEmpty();
    }

    private static void ifThere(String catalogue, String column, String name, String... statements)
            throws SQLException {
        if (isThere(catalogue, column, name)) provisioner(statements);
    }

    private static void provisioner(String... statements) throws SQLException {
        Catalogue.execute(Server.asProvisioner(), statements);
    }

    private static void superuser(String... statements) throws SQLException {
        Catalogue.execute(Server.asSuperuser("autostack"), statements);
    }
}
