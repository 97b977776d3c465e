package io.autostack.local;

import io.autostack.local.keycloak.KeycloakServer;
import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.Secrets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Who signs people in: the Keycloak we run, or the provider that was given.
///
/// @param embedded the server we run, unless another issuer was given or none is wanted
/// @param environment what the control plane must be told
record Identity(Optional<KeycloakServer> embedded, Map<String, String> environment) {

    static Identity prepare(Path home, Settings settings, Repository repository) {
        if (settings.given().containsKey("AUTOSTACK_OIDC_ISSUER")) return asGiven(settings.given());
        if (!settings.identityProvider()) return new Identity(Optional.empty(), Map.of());

        var keycloak = KeycloakServer.start(
                home,
                new KeycloakServer.Settings(repository.keycloak(), settings.identityPort(), settings.portalPort()));
        return new Identity(
                Optional.of(keycloak), environment(keycloak.issuer(), keycloak.clientId(), keycloak.clientSecret()));
    }

    /// The sign-ins to try; none when somebody else's provider signs people in.
    Map<String, String> passwords(Secrets secrets) {
        return embedded.isPresent() ? KeycloakServer.passwords(secrets) : Map.of();
    }

    private static Identity asGiven(Map<String, String> given) {
        var secret = given.get("AUTOSTACK_OIDC_CLIENT_SECRET");
        if (secret == null)
            throw new StartFailed("AUTOSTACK_OIDC_ISSUER is set, so AUTOSTACK_OIDC_CLIENT_SECRET must be set as well:"
                    + " the secret of the client AUTOSTACK_OIDC_CLIENT_ID (autostack unless set) at that provider");
        return new Identity(
                Optional.empty(),
                environment(
                        given.getOrDefault("AUTOSTACK_OIDC_ISSUER", ""),
                        given.getOrDefault("AUTOSTACK_OIDC_CLIENT_ID", "autostack"),
                        secret));
    }

    private static Map<String, String> environment(String issuer, String client, String secret) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("AUTOSTACK_OIDC_ISSUER", issuer);
        environment.put("AUTOSTACK_OIDC_CLIENT_ID", client);
        environment.put("AUTOSTACK_OIDC_CLIENT_SECRET", secret);
        return environment;
    }
}
