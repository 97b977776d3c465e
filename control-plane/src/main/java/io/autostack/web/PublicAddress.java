package io.autostack.web;

import io.autostack.shared.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.ServerCookie;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// The address that people and links use. Whoever asks for another host is refused: nobody but us says where
/// our links lead. The machine itself may ask by its loopback names.
@ApplicationScoped
class PublicAddress {

    private static final int SECOND = 960;
    private static final Set<String> FOR_MACHINES = Set.of("/q/health", "/q/metrics");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final String address;
    private final String host;
    private final int port;
    private final Set<String> alsoKnownAs;
    private final EarlyAnswer answer;

    @Inject
    PublicAddress(
            EarlyAnswer answer,
            @ConfigProperty(name = "autostack.address") URI address,
            @ConfigProperty(name = "autostack.hosts") Optional<List<String>> hosts) {
        if (address.getHost() == null || !Set.of("http", "https").contains(String.valueOf(address.getScheme())))
            throw new IllegalStateException("autostack.address must be like https://portal.example.com: " + address);
        this.answer = answer;
        this.address = address.getScheme() + "://" + address.getAuthority().toLowerCase(Locale.ROOT);
        this.host = address.getHost().toLowerCase(Locale.ROOT);
        this.port = address.getPort() < 0 ? usualPort(address.getScheme()) : address.getPort();
        this.alsoKnownAs = new HashSet<>(LOOPBACK);
        hosts.orElse(List.of()).forEach(name -> alsoKnownAs.add(name.toLowerCase(Locale.ROOT)));
    }

    /// Whether a page at this origin is one of ours.
    boolean isOrigin(String origin) {
        return address.equals(origin.toLowerCase(Locale.ROOT));
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, SECOND);
    }

    /// Health and metrics are asked for by machines that know no name.
    void check(RoutingContext context) {
        var request = context.request();
        var asked = request.authority();
        if (asked == null) {
            answer.refuse(context, ProblemType.MALFORMED_REQUEST, "The request must name one host.");
        } else if (isForMachines(context.normalizedPath())) {
            context.next();
        } else if (isOurs(asked)) {
            context.addHeadersEndHandler(end -> correct(context, asked));
            context.next();
        } else if (!alsoKnownAs.contains(name(asked))) {
            answer.refuse(context, ProblemType.WRONG_HOST, "This is " + address + ".");
        } else if (isPage(context)) {
            // Cookies and the way back from the identity provider belong to one host.
            context.response()
                    .setStatusCode(307)
                    .putHeader(HttpHeaders.LOCATION, address + request.uri())
                    .end();
        } else {
            context.addHeadersEndHandler(end -> correct(context, asked));
            context.next();
        }
    }

    /// The framework makes links absolute with what the request said; a proxy in front may speak another scheme.
    private void correct(RoutingContext context, HostAndPort asked) {
        var headers = context.response().headers();
        var location = headers.get(HttpHeaders.LOCATION);
        var base = context.request().scheme() + "://" + asked;
        if (location != null && (location.equals(base) || location.startsWith(base + "/")))
            headers.set(HttpHeaders.LOCATION, address + location.substring(base.length()));
        if (address.startsWith("https:")) secureCookies(context);
    }

    /// Some are in the headers already, the others are written into them after this.
    private static void secureCookies(RoutingContext context) {
        var headers = context.response().headers();
        var cookies = headers.getAll(HttpHeaders.SET_COOKIE);
        if (!cookies.isEmpty())
            headers.set(
                    HttpHeaders.SET_COOKIE.toString(),
                    cookies.stream()
                            .map(cookie -> cookie.contains("; Secure") ? cookie : cookie + "; Secure")
                            .toList());
        for (var cookie : context.request().cookies())
            if (cookie instanceof ServerCookie set && set.isChanged()) set.setSecure(true);
    }

    private static boolean isForMachines(String asked) {
        return FOR_MACHINES.stream().anyMatch(path -> asked.equals(path) || asked.startsWith(path + "/"));
    }

    private boolean isOurs(HostAndPort asked) {
        return name(asked).equals(host) && (asked.port() < 0 ? port == 80 || port == 443 : asked.port() == port);
    }

    private static boolean isPage(RoutingContext context) {
        var accept = context.request().getHeader(HttpHeaders.ACCEPT);
        return context.request().method() == HttpMethod.GET
                && accept != null
                && !context.request().headers().contains(HttpHeaders.AUTHORIZATION)
                && accept.contains("text/html")
                && !context.normalizedPath().startsWith("/api/");
    }

    private static String name(HostAndPort asked) {
        return asked.host().toLowerCase(Locale.ROOT);
    }

    private static int usualPort(@Nullable String scheme) {
        return "https".equals(scheme) ? 443 : 80;
    }
}
