package io.autostack.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Keeps the cookies of signing in few and well-formed. What cannot be one of ours is dropped as if it had not
/// been sent, so that the visitor can sign in; of sign-ins that were begun and not finished only the newest
/// stay.
@ApplicationScoped
class SignInCookies {

    private static final int THIRD = 940;
    private static final int MAX_BEGUN = 5;
    private static final String SESSION = "q_session";
    private static final String BEGUN = "q_auth";
    private static final Pattern OUR_SESSION = Pattern.compile("q_session=[A-Za-z0-9_-]{43}");
    private static final Pattern OUR_SIGN_IN = Pattern.compile("q_auth_[0-9a-f-]{36}=[A-Za-z0-9_.|=-]+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    void register(@Observes Filters filters) {
        filters.register(SignInCookies::clean, THIRD);
    }

    private static void clean(RoutingContext context) {
        var sent = context.request().headers().getAll(HttpHeaders.COOKIE);
        if (!sent.isEmpty()) {
            var kept = new ArrayList<String>();
            var begun = new ArrayList<String>();
            for (var header : sent)
                for (var pair : header.split(";")) {
                    var cookie = pair.strip();
                    if (isOurs(cookie)) {
                        kept.add(cookie);
                        if (cookie.startsWith(BEGUN)) begun.add(cookie);
                    } else drop(context, cookie);
                }
            // Browsers send the oldest first (RFC 6265 §5.4). Dropped ones still count for this request: it may be the
            // way back of one of them.
            begun.subList(0, Math.max(0, begun.size() - MAX_BEGUN)).forEach(cookie -> drop(context, cookie));
            replace(context, kept);
        }
        context.next();
    }

    private static void replace(RoutingContext context, List<String> cookies) {
        if (cookies.isEmpty()) context.request().headers().remove(HttpHeaders.COOKIE);
        else context.request().headers().set(HttpHeaders.COOKIE, String.join("; ", cookies));
    }

    private static boolean isOurs(String cookie) {
        if (cookie.startsWith(SESSION)) return OUR_SESSION.matcher(cookie).matches();
        if (cookie.startsWith(BEGUN)) return OUR_SIGN_IN.matcher(cookie).matches();
        return cookie.indexOf('=') > 0 && NAME.matcher(name(cookie)).matches();
    }

    /// Only our own are taken from the browser.
    private static void drop(RoutingContext context, String cookie) {
        var name = name(cookie);
        if (!name.startsWith(SESSION) && !name.startsWith(BEGUN)
                || !NAME.matcher(name).matches()) return;
        context.response().headers().add(HttpHeaders.SET_COOKIE, name + "=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
    }

    private static String name(String cookie) {
        return cookie.split("=", 2)[0];
    }
}
