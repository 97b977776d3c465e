package io.autostack.local.keycloak;

import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.regex.Pattern;

/// Tells a running Keycloak what changed since the realm was imported; people added there meanwhile stay.
///
/// @param port where it listens
/// @param secrets holds the administrator's password
record KeycloakAdmin(int port, Secrets secrets) {

    static final String USER = "admin";
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    static String password(Secrets secrets) {
        return secrets.password("identity-admin");
    }

    void update(Realm realm) {
        var token = token();
        send(json(token, Realm.clientPath()).PUT(BodyPublishers.ofString(realm.clientUpdate())), "update its client");
        send(json(token, Realm.PATH).PUT(BodyPublishers.ofString(Realm.lifespanUpdate())), "shorten its tokens' lives");
        addAudience(token);
        refusePasswordGrants(token);
    }

    private void addAudience(String token) {
        var mappers = Realm.clientPath() + "/protocol-mappers/models";
        if (send(json(token, mappers).GET(), "list its claims").contains("oidc-audience-mapper")) return;
        send(json(token, mappers).POST(BodyPublishers.ofString(Realm.audienceMapper())), "name its tokens' audience");
    }

    /// The built-in client for the command line is the only other one that takes passwords.
    private void refusePasswordGrants(String token) {
        var found = ID.matcher(
                send(json(token, Realm.PATH + "/clients?clientId=admin-cli").GET(), "list its clients"));
        if (!found.find()) return;
        var client = Realm.PATH + "/clients/" + found.group(1);
        var refusal = "{\"clientId\": \"admin-cli\", \"enabled\": false, \"directAccessGrantsEnabled\": false}";
        send(json(token, client).PUT(BodyPublishers.ofString(refusal)), "refuse password grants");
    }

    private HttpRequest.Builder json(String token, String path) {
        return HttpRequest.newBuilder(address(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private String token() {
        var form = "grant_type=password&client_id=admin-cli&username=" + USER + "&password=" + password(secrets);
        var request = HttpRequest.newBuilder(address("/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        var token = TOKEN.matcher(send(request, "sign its administrator in"));
        if (!token.find()) throw new StartFailed("Keycloak gave its administrator no token");
        return token.group(1);
    }

    private static String send(HttpRequest.Builder request, String purpose) {
        try {
            var response = Web.send(request.build());
            if (response.statusCode() / 100 != 2)
                throw new StartFailed(
                        "Keycloak would not " + purpose + ": HTTP " + response.statusCode() + " " + response.body());
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
