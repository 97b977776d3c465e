package io.autostack.reference;

import org.jspecify.annotations.Nullable;

/// Whom an address belongs to.
///
/// @param status `active`, or why not
/// @param database missing as long as there is none
record Tenant(
        String id,
        String slug,
        String name,
        String status,
        @Nullable Database database) {

    /// @param secret the name under which the control plane keeps user and password
    record Database(String host, int port, String name, String secret) {

        String jdbcUrl() {
            return "jdbc:postgresql://" + host + ":" + port + "/" + name;
        }
    }

    boolean active() {
        return status.equals("active") && database != null;
    }
}
