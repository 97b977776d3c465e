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
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    static String password(Secrets secrets) {
        return secrets.password("identity-admin");
    }

    void update(Realm realm) {
        var request = HttpRequest.newBuilder(address(Realm.clientPath()))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(realm.clientUpdate()))
                .build();
        send(request, "update its client");
    }

    private String token() {
        var form = "grant_type=password&client_id=admin-cli&username=" + USER + "&password=" + password(secrets);
        var request = HttpRequest.newBuilder(address("/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        var token = TOKEN.matcher(send(request, "sign its administrator in"));
        if (!token.find()) throw new StartFailed("Keycloak gave its administrator no token");
        return token.group(1);
    }

    private static String send(HttpRequest request, String purpose) {
        try {
            var response = Web.send(request);
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
