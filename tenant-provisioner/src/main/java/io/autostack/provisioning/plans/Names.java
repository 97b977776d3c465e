package io.autostack.provisioning.plans;

import java.util.UUID;

/// Names of what belongs to a tenant. On a server that tenants share everybody may read the names of databases and
/// roles: they are made from ids and say nothing about a customer. A database keeps the name that it was made with;
/// the tenant's row and the requests of its operations remember it. Names of secrets and containers are made from
/// slugs, which have no two hyphens in a row, so no two slugs make the same name.
public final class Names {

    private static final String COPY = "__[0-9]+$";

    private Names() {}

    /// Of a new tenant's database and its owner role; 39 characters.
    public static String database(UUID tenant) {
        return "tenant_" + hex(tenant);
    }

    /// What the names of the databases of an app begin with; 54 characters, so that PostgreSQL takes them whole.
    ///
    /// @param database the tenant's
    static String appDatabases(String database, UUID deployment) {
        return begun(database) + "__a" + hex(deployment).substring(20);
    }

    /// Of the database and role of a tenant's app.
    ///
    /// @param number of the database in the stack, from 1 on
    static String appDatabase(String databases, int number) {
        return number == 1 ? databases : databases + "_" + number;
    }

    /// What a person calls a database of an app; a component called `database` needs no mention.
    static String appLabel(String app, String component) {
        var name = app.replace('-', '_');
        return component.equals("database") ? name : name + "__" + component.replace('-', '_');
    }

    /// Of a snapshot; 41 characters.
    public static String snapshot(UUID id) {
        return "snapshot_" + hex(id);
    }

    /// Of a database that a tenant is restored into or moves to, and of its role; at most 51 characters. An app's part
    /// begins with a letter, so this is never an app's.
    ///
    /// @param database that the tenant has now, which may be such a copy
    public static String copy(String database, UUID id) {
        return begun(database) + "__" + digits(id);
    }

    public static String copySecret(String tenant, UUID id) {
        return databaseSecret(tenant) + "/" + digits(id);
    }

    /// The name that a tenant's database began with.
    private static String begun(String database) {
        return database.replaceFirst(COPY, "");
    }

    private static String hex(UUID id) {
        return id.toString().replace("-", "");
    }

    private static String digits(UUID id) {
        return Long.toString(id.getLeastSignificantBits() & 0xffff_ffffL);
    }

    public static String databaseSecret(String tenant) {
        return "tenants/" + tenant + "/database";
    }

    public static String appSecret(String tenant, String app, String component) {
        return "tenants/" + tenant + "/apps/" + app + "/" + component;
    }

    public static String container(String tenant, String app, String component) {
        return "autostack-" + tenant + "--" + app + "--" + component;
    }
}
