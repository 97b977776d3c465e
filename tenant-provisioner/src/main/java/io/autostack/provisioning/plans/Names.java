package io.autostack.provisioning.plans;

/// Names of what belongs to a tenant: made from slugs alone, so that asking twice finds the same thing. A slug has no
/// underscore and no two hyphens in a row, so no two slugs make the same name.
public final class Names {

    private Names() {}

    /// Of a tenant's database and its owner role; at most 37 characters.
    public static String database(String tenant) {
        return "tenant_" + tenant.replace('-', '_');
    }

    /// Of the database and role of a tenant's app; at most 59 characters, PostgreSQL takes 63.
    public static String appDatabase(String tenant, String app) {
        return database(tenant) + "__" + app.replace('-', '_');
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
