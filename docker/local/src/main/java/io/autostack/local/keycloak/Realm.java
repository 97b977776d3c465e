package io.autostack.local.keycloak;

import io.autostack.local.secrets.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The realm `autostack`: one confidential client, four roles, and the people one can sign in as.
///
/// Nobody gets a token for a password here: people sign in by the code flow, programs with tokens of the
/// control plane.
///
/// @param portalPort where the client lives
record Realm(int portalPort) {

    static final String CLIENT = "autostack";
    static final String PATH = "/admin/realms/autostack";
    static final List<String> PEOPLE = List.of("operator", "finance", "author", "sales", "alice");
    private static final String CLIENT_UUID = "3f1b8f0a-5f0e-4c53-9d39-6a1f0d5a7a11";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z.]+)}");

    static String password(Secrets secrets, String person) {
        return secrets.password("sign-in." + person);
    }

    static String clientSecret(Secrets secrets) {
        return secrets.password("oidc-client.secret");
    }

    /// The whole realm, for the first start.
    String json(Secrets secrets) {
        return json(secrets, "http://localhost:" + portalPort);
    }

    /// @param portal where the identity provider itself finds the client, which may be another way than people's
    String json(Secrets secrets, String portal) {
        var values = new LinkedHashMap<String, String>();
        values.put("client.id", CLIENT_UUID);
        values.put("client.secret", clientSecret(secrets));
        values.put("portal.port", Integer.toString(portalPort));
        values.put("portal", portal);
        for (var person : PEOPLE) values.put("password." + person, password(secrets, person));
        return PLACEHOLDER.matcher(template()).replaceAll(found -> value(values, found));
    }

    /// The part of the client that differs from start to start, or from version to version.
    String clientUpdate() {
        return """
                {"clientId": "%1$s",
                 "redirectUris": ["http://localhost:%2$d/*", "http://127.0.0.1:%2$d/*"],
                 "directAccessGrantsEnabled": false,
                 "attributes": {
                   "pkce.code.challenge.method": "S256",
                   "backchannel.logout.url": "http://localhost:%2$d/sign-out/by-provider",
                   "backchannel.logout.session.required": "true",
                   "post.logout.redirect.uris": "http://localhost:%2$d/*##http://127.0.0.1:%2$d/*"}}
                """.formatted(CLIENT, portalPort);
    }

    /// Says in access tokens for whom they are. Realms of before this version lack it.
    static String audienceMapper() {
        return """
                {"name": "audience",
                 "protocol": "openid-connect",
                 "protocolMapper": "oidc-audience-mapper",
                 "config": {
                   "included.client.audience": "%s",
                   "id.token.claim": "false",
                   "access.token.claim": "true"}}
                """.formatted(CLIENT);
    }

    /// How long a token is believed that nobody can take back.
    static String lifespanUpdate() {
        return "{\"realm\": \"autostack\", \"accessTokenLifespan\": 300}";
    }

    static String clientPath() {
        return PATH + "/clients/" + CLIENT_UUID;
    }

    private static String value(Map<String, String> values, MatchResult placeholder) {
        var value = values.get(placeholder.group(1));
        if (value == null) throw new IllegalStateException("the realm template asks for " + placeholder.group(1));
        return value;
    }

    private static String template() {
        try (var template = Realm.class.getResourceAsStream("autostack-realm.json")) {
            if (template == null) throw new IllegalStateException("autostack-realm.json is not in the jar");
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
