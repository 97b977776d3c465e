package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.literal;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The comment on a role or a database that says whose it is.
final class TenantTag {

    static final String PREFIX = "autostack:tenant=";
    private static final int UUID_LENGTH = 36;

    /// What is read of something that is there and carries no comment.
    static final String NONE = "";

    private TenantTag() {}

    static String of(UUID tenant) {
        return PREFIX + tenant;
    }

    /// Whose tag a comment is, or begins with; empty when it is nobody's.
    static Optional<UUID> tenant(@Nullable String comment) {
        if (comment == null || !comment.startsWith(PREFIX) || comment.length() < PREFIX.length() + UUID_LENGTH)
            return Optional.empty();
        try {
            return Optional.of(UUID.fromString(comment.substring(PREFIX.length(), PREFIX.length() + UUID_LENGTH)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Empty when there is no such database, `NONE` when it carries no comment.
    static Optional<String> onDatabase(Connection admin, String name) throws SQLException {
        return Sql.of(
                        admin,
                        "select coalesce(shobj_description(oid, 'pg_database'), '') from pg_database where datname = ?",
                        name)
                .find(row -> row.getString(1));
    }

    /// Empty when there is no such role, `NONE` when it carries no comment.
    static Optional<String> onRole(Connection admin, String name) throws SQLException {
        return Sql.of(
                        admin,
                        "select coalesce(shobj_description(oid, 'pg_authid'), '') from pg_roles where rolname = ?",
                        name)
                .find(row -> row.getString(1));
    }

    static void putOnDatabase(Connection admin, String name, UUID tenant) throws SQLException {
        execute(admin, "comment on database " + quoted(name) + " is " + literal(of(tenant)));
    }

    static void putOnRole(Connection admin, String name, UUID tenant) throws SQLException {
        execute(admin, "comment on role " + quoted(name) + " is " + literal(of(tenant)));
    }
}
