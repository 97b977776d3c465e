package io.autostack.local;

import io.autostack.local.process.StartFailed;
import java.util.Map;
import java.util.function.Consumer;

/// How the platform should stand on this machine.
///
/// @param portalPort where the control plane listens; the identity provider sends people back to it
/// @param identityPort where the identity provider listens; 0 takes a free port
/// @param tenantPort where the shared tenant application listens
/// @param identityProvider false leaves the identity provider out, for tests that sign nobody in
/// @param given the environment in which `AUTOSTACK_DB_URL`, `AUTOSTACK_OIDC_ISSUER` and the like may be set
/// @param progress is told what happens, in lines for the person who waits
public record Settings(
        int portalPort,
        int identityPort,
        int tenantPort,
        boolean identityProvider,
        Map<String, String> given,
        Consumer<String> progress) {

    /// What `./autostack run` uses. `AUTOSTACK_IDENTITY_PORT` and `AUTOSTACK_TENANT_PORT` replace the two ports
    /// which have no option.
    public static Settings usual() {
        var environment = System.getenv();
        return new Settings(
                8080,
                port(environment, "AUTOSTACK_IDENTITY_PORT", 8180),
                port(environment, "AUTOSTACK_TENANT_PORT", 8081),
                true,
                environment,
                System.out::println);
    }

    /// For tests: free ports, nothing from outside, nothing printed.
    public static Settings forTests() {
        return new Settings(8080, 0, 8081, true, Map.of(), line -> {});
    }

    public Settings withPortalPort(int port) {
        return new Settings(port, identityPort, tenantPort, identityProvider, given, progress);
    }

    public Settings withIdentityPort(int port) {
        return new Settings(portalPort, port, tenantPort, identityProvider, given, progress);
    }

    public Settings withTenantPort(int port) {
        return new Settings(portalPort, identityPort, port, identityProvider, given, progress);
    }

    public Settings withoutIdentityProvider() {
        return new Settings(portalPort, identityPort, tenantPort, false, given, progress);
    }

    public Settings given(Map<String, String> environment) {
        return new Settings(portalPort, identityPort, tenantPort, identityProvider, environment, progress);
    }

    public Settings telling(Consumer<String> listener) {
        return new Settings(portalPort, identityPort, tenantPort, identityProvider, given, listener);
    }

    static int port(Map<String, String> environment, String variable, int usual) {
        var given = environment.get(variable);
        if (given == null || given.isBlank()) return usual;
        if (given.matches("\\d{1,5}")) {
            int port = Integer.parseInt(given);
            if (port >= 1 && port <= 65_535) return port;
        }
        throw new StartFailed(variable + " must be a port between 1 and 65535, not " + given);
    }
}
