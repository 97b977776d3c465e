package io.autostack.provisioning.plans;

import java.util.UUID;

/// Names of what belongs to a tenant: made from slugs alone, so that asking twice finds the same thing. A slug has no
/// underscore and no two hyphens in a row, so no two slugs make the same name.
public final class Names {

    private static final int LONGEST_DATABASE = 63;

    private Names() {}

    /// Of a tenant's database and its owner role; at most 37 characters.
    public static String database(String tenant) {
        return "tenant_" + tenant.replace('-', '_');
    }

    /// Of the database and role of a tenant's app; a component called `database` needs no mention. At most
    /// `LONGEST_DATABASE` characters, or `fits` says no.
    public static String appDatabase(String tenant, String app, String component) {
        var name = database(tenant) + "__" + app.replace('-', '_');
        return component.equals("database") ? name : name + "__" + component.replace('-', '_');
    }

    /// Whether PostgreSQL takes the name as it is; longer ones would be cut and could meet.
    public static boolean fits(String database) {
        return database.length() <= LONGEST_DATABASE;
    }

    /// Of a snapshot; 41 characters.
    public static String snapshot(UUID id) {
        return "snapshot_" + id.toString().replace("-", "");
    }

    /// Of a database that a tenant is restored into or moves to, and of its role; at most 49 characters. An app's name
    /// begins with a letter, so this is never an app's.
    public static String copy(String tenant, UUID id) {
        return database(tenant) + "__" + digits(id);
    }

    public static String copySecret(String tenant, UUID id) {
        return databaseSecret(tenant) + "/" + digits(id);
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
