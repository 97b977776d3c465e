package io.autostack.reference;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.autostack.reference.GuestBook.Draft;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// One request: whose address is it, may they be served, and then the guest book.
final class GuestBookHandler implements HttpHandler {

    private static final System.Logger LOG = System.getLogger(GuestBookHandler.class.getName());
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final int MAX_BYTES = 16_384;

    /// What is sent back.
    private record Answer(int status, String html, Map<String, String> headers) {

        static Answer page(int status, String html) {
            return new Answer(status, html, Map.of());
        }

        Answer with(String header, String value) {
            return new Answer(status, html, Map.of(header, value));
        }
    }

    private final TenantDirectory directory;
    private final TenantDatabases databases;
    private final UsageReport usage;

    GuestBookHandler(TenantDirectory directory, TenantDatabases databases, UsageReport usage) {
        this.directory = directory;
        this.databases = databases;
        this.usage = usage;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        var named = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        var host = named.size() == 1 ? host(named.getFirst()) : "";
        if (!HOST.matcher(host).matches())
            return Answer.page(400, Pages.problem("Whose page?", "The request does not name one host."));
        try {
            var tenant = directory.find(host);
            if (tenant.isEmpty()) return Answer.page(404, Pages.unknown(host));
            if (!tenant.get().active()) return notActive(tenant.get());
            var answer = forTenant(exchange, tenant.get());
            usage.served(tenant.get());
            return answer;
        } catch (SQLException e) {
            directory.doubt(host);
            LOG.log(System.Logger.Level.WARNING, "database of {0}: {1}", host, e.getCause() == null ? e : e.getCause());
            return away(
                    "The database does not answer",
                    "It may be starting, or a backup of it is being taken or restored. Please try again in a moment.");
        } catch (ControlPlane.Unavailable e) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", host, e.getMessage());
            return away(
                    "Not available right now",
                    "The control plane does not answer, so we cannot tell whose page this"
                            + " is. Please try again in a moment.");
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "request for " + host + " failed", e);
            return Answer.page(
                    500, Pages.problem("Something went wrong", "It is in the log, and it was not your fault."));
        }
    }

    /// Only who is being set up will be there in a moment. Who is closed may come back, but nobody waits for that.
    private static Answer notActive(Tenant tenant) {
        var answer = Answer.page(tenant.status().equals("closed") ? 404 : 503, Pages.notActive(tenant));
        return tenant.status().equals("provisioning") ? answer.with("Retry-After", "5") : answer;
    }

    private Answer forTenant(HttpExchange exchange, Tenant tenant) throws IOException, SQLException {
        if (!exchange.getRequestURI().getPath().equals("/"))
            return Answer.page(404, Pages.problem("There is no such page", "There is only the guest book, at /."));
        return switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" -> Answer.page(200, guestBook(tenant, Draft.EMPTY, Map.of()));
            case "POST" -> write(exchange, tenant);
            default ->
                Answer.page(405, Pages.problem("That does not work here", "The guest book can be read and written."))
                        .with("Allow", "GET, HEAD, POST");
        };
    }

    private Answer write(HttpExchange exchange, Tenant tenant) throws IOException, SQLException {
        if (fromElsewhere(exchange))
            return Answer.page(403, Pages.problem("Not written", "The form was sent from another site."));
        var type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded"))
            return Answer.page(415, Pages.problem("Not written", "Please send the form of this page."));
        var body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) return Answer.page(413, Pages.problem("Not written", "That is too long."));

        Draft draft;
        try {
            var fields = fields(new String(body, StandardCharsets.UTF_8));
            draft = new Draft(fields.getOrDefault("author", ""), fields.getOrDefault("message", ""));
        } catch (IllegalArgumentException _) {
            return Answer.page(400, Pages.problem("Not written", "The form is not encoded as a form should be."));
        }
        if (!draft.mistakes().isEmpty()) return Answer.page(422, guestBook(tenant, draft, draft.mistakes()));
        databases.in(database(tenant), connection -> GuestBook.add(connection, draft));
        return Answer.page(303, "").with("Location", "/");
    }

    private String guestBook(Tenant tenant, Draft draft, Map<String, String> mistakes) throws SQLException {
        List<GuestBook.Entry> entries = databases.in(database(tenant), GuestBook::latest);
        return Pages.guestBook(tenant, entries, draft, mistakes);
    }

    private static Tenant.Database database(Tenant tenant) {
        if (tenant.database() == null) throw new IllegalStateException("an active tenant has a database");
        return tenant.database();
    }

    private static Answer away(String title, String explanation) {
        return Answer.page(503, Pages.problem(title, explanation)).with("Retry-After", "5");
    }

    private static String host(String header) {
        return header.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    }

    /// A browser says where a form was sent from; programs that say nothing carry no cookies to abuse either.
    private static boolean fromElsewhere(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        var site = headers.getFirst("Sec-Fetch-Site");
        if (site != null) return !site.equals("same-origin") && !site.equals("none");
        var origin = headers.getFirst("Origin");
        return origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(headers.getFirst("Host"));
    }

    private static Map<String, String> fields(String form) {
        var fields = new HashMap<String, String>();
        for (var pair : form.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        ReferenceApplication.protect(headers);
        headers.set("Content-Type", "text/html; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        answer.headers().forEach(headers::set);
        var bytes = answer.html().getBytes(StandardCharsets.UTF_8);
        boolean withoutBody = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), withoutBody ? -1 : bytes.length);
        if (!withoutBody) exchange.getResponseBody().write(bytes);
    }
}
