package io.autostack.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/// A browser as far as signing in needs one: it keeps cookies and follows no redirect by itself. Not for many
/// threads.
public final class Browser {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");

    private final Map<String, Map<String, String>> jars = new LinkedHashMap<>();

    /// Where the control plane is.
    public static String address() {
        return ConfigProvider.getConfig().getValue("autostack.address", String.class);
    }

    /// Signed in on the portal, by the form of the identity provider.
    public static Browser signedIn(String person) {
        var browser = new Browser();
        browser.signIn(person);
        return browser;
    }

    /// What the identity provider gives a client that people sign in to by the code flow with PKCE.
    public static JsonObject tokens(String person) {
        var client = Server.setting("AUTOSTACK_OIDC_CLIENT_ID");
        return new Browser()
                .tokens(person, client, Server.setting("AUTOSTACK_OIDC_CLIENT_SECRET"), address() + "/sign-in");
    }

    /// @param secret empty for a public client
    public JsonObject tokens(String person, String client, String secret, String redirect) {
        var issuer = Server.setting("AUTOSTACK_OIDC_ISSUER");
        var verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
        var form = get(
                issuer + "/protocol/openid-connect/auth?response_type=code&scope=openid%20profile%20email&client_id="
                        + client + "&redirect_uri=" + encoded(redirect) + "&code_challenge_method=S256&code_challenge="
                        + challenge(verifier));
        var back = form.statusCode() == 200 ? fillIn(form, person) : location(form);
        var wanted = new LinkedHashMap<>(Map.of(
                "grant_type", "authorization_code",
                "client_id", client,
                "redirect_uri", redirect,
                "code_verifier", verifier,
                "code", parameter(back, "code")));
        if (!secret.isEmpty()) wanted.put("client_secret", secret);
        return new JsonObject(
                post(issuer + "/protocol/openid-connect/token", wanted).body());
    }

    public void signIn(String person) {
        var begun = location(get("/sign-in"));
        // A dead session is taken away first.
        var form = get(begun.startsWith(address()) ? location(get(begun)) : begun);
        if (form.statusCode() == 200) follow(fillIn(form, person));
        else follow(location(form));
    }

    /// Follows redirects to the end.
    public HttpResponse<String> follow(String address) {
        var answer = get(address);
        for (int hops = 0; answer.statusCode() / 100 == 3 && hops < 10; hops++) answer = get(location(answer));
        return answer;
    }

    /// @param headers names and values in turn
    public HttpResponse<String> get(String address, String... headers) {
        var request = HttpRequest.newBuilder(absolute(address)).header("Accept", "text/html");
        for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
        return send(request);
    }

    public HttpResponse<String> post(String address, Map<String, String> form) {
        return send(HttpRequest.newBuilder(absolute(address))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&")))));
    }

    /// The portal's cookies; changes to the map are what the browser sends next.
    public Map<String, String> cookies() {
        return jar(absolute("/"));
    }

    /// Another browser with the same cookies.
    public Browser copy() {
        var copy = new Browser();
        copy.cookies().putAll(cookies());
        return copy;
    }

    public static String location(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError("no redirect but " + answer.statusCode() + " " + answer.body()));
    }

    private String fillIn(HttpResponse<String> page, String person) {
        var form = FORM.matcher(page.body());
        if (!form.find()) throw new AssertionError("no form to sign in with: " + page.statusCode() + " " + page.body());
        return location(post(
                form.group(1).replace("&amp;", "&"),
                Map.of(
                        "username",
                        person,
                        "password",
                        Platform.running().passwords().get(person))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        var jar = jar(request.build().uri());
        if (!jar.isEmpty())
            request.header(
                    "Cookie",
                    jar.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofString());
            for (var set : answer.headers().allValues("Set-Cookie")) keep(jar, set);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopping);
        }
    }

    private static void keep(Map<String, String> jar, String set) {
        var pair = set.split(";", 2)[0].split("=", 2);
        jar.remove(pair[0]);
        if (!set.matches("(?i).*;\\s*Max-Age=0(;.*)?")) jar.put(pair[0], pair[1]);
    }

    private Map<String, String> jar(URI address) {
        return jars.computeIfAbsent(address.getAuthority(), first -> new LinkedHashMap<>());
    }

    private static URI absolute(String address) {
        return URI.create(address.startsWith("/") ? address() + address : address);
    }

    private static String parameter(String address, String name) {
        var found = Pattern.compile("[?&]" + name + "=([^&#]+)").matcher(address);
        if (!found.find()) throw new AssertionError("no " + name + " in " + address);
        return found.group(1);
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
