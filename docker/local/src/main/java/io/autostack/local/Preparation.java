package io.autostack.local;

import io.autostack.local.keycloak.KeycloakServer;
import io.autostack.local.postgres.PostgresBinaries;
import java.nio.file.Path;

/// What the build does with programs that come packed, so that the first start need not: PostgreSQL is unpacked,
/// and Keycloak, unpacked already, is built for our options. Done once; later calls find it done.
public final class Preparation {

    private Preparation() {}

    /// Keycloak is prepared even where there is no embedded PostgreSQL, on machines whose users bring their own.
    ///
    /// @param arguments the folder of the unpacked Keycloak, and the one below which PostgreSQL will be
    public static void main(String[] arguments) {
        try {
            PostgresBinaries.under(Path.of(arguments[1]));
        } finally {
            KeycloakServer.prepare(Path.of(arguments[0]));
        }
    }
}
