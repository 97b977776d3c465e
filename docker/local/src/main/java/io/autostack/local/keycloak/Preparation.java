package io.autostack.local.keycloak;

import java.nio.file.Path;

/// What the build does with an unpacked Keycloak, so that its first start need not: it is built for our options, and
/// the classes that it loads are archived. Done once; later calls find it done.
public final class Preparation {

    private Preparation() {}

    /// @param arguments the folder of the unpacked Keycloak
    public static void main(String[] arguments) {
        Distribution.prepared(Path.of(arguments[0]).toAbsolutePath());
    }
}
