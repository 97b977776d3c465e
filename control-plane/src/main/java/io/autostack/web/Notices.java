package io.autostack.web;

import io.autostack.identity.Caller;
import io.autostack.ui.frame.Notice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The notice above every page, until its reader has dismissed it. A cookie remembers which text it was and whose, so
/// that others at the same browser, and everybody when the text changes, are told.
@ApplicationScoped
class Notices {

    private static final String COOKIE = "autostack_notice";
    private static final Duration KEPT = Duration.ofDays(365);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
    private static final URI HOME = URI.create("/");

    private final UriInfo address;
    private final HttpHeaders headers;
    private final Request request;

    @Inject
    Notices(UriInfo address, HttpHeaders headers, Request request) {
        this.address = address;
        this.headers = headers;
        this.request = request;
    }

    /// @return null when this caller has read and dismissed it
    @Nullable
    Notice notice(Caller caller, String text) {
        var id = id(caller, text);
        var dismissed = headers.getCookies().get(COOKIE);
        return dismissed != null && dismissed.getValue().equals(id) ? null : new Notice(text, id, here());
    }

    /// @param id of the notice that was on the page, which may have changed since
    /// @return null when it is none
    @Nullable
    NewCookie dismissed(@Nullable String id) {
        if (id == null || !ID.matcher(id).matches()) return null;
        return new NewCookie.Builder(COOKIE)
                .value(id)
                .path("/")
                .maxAge((int) KEPT.toSeconds())
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }

    /// Back to the page, and never to another site.
    static URI onThisSite(@Nullable String back) {
        if (back == null || !back.startsWith("/") || back.startsWith("//")) return HOME;
        try {
            return new URI(back);
        } catch (URISyntaxException _) {
            return HOME;
        }
    }

    /// What came of a form is not at its address.
    private String here() {
        if (!request.getMethod().equals(HttpMethod.GET)) return HOME.toString();
        var uri = address.getRequestUri();
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static String id(Caller caller, String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest((caller.id() + "\n" + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
