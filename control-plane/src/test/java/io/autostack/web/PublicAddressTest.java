package io.autostack.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Behind a proxy that speaks TLS with people and plain HTTP with us.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicAddressTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient proxy = vertx.createHttpClient();
    private HttpServer server = vertx.createHttpServer();

    @BeforeAll
    void open() {
        var address = new PublicAddress(
                new EarlyAnswer(new ObjectMapper()), URI.create("https://portal.example"), Optional.empty());
        var router = Router.router(vertx);
        router.route().handler(address::check);
        router.route().handler(context -> {
            context.response().headers().add("Set-Cookie", "in_the_headers=1; Path=/; HttpOnly");
            context.response().headers().add("Set-Cookie", "secure_already=1; Path=/; Secure; HttpOnly");
            context.response().addCookie(Cookie.cookie("q_session", "x").setHttpOnly(true));
            context.response().removeCookie("q_auth_old");
            context.response()
                    .putHeader("Location", "http://portal.example/tenants")
                    .end();
        });
        server = server.requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void s21_every_cookie_that_is_set_is_secure_when_people_come_by_https() {
        var cookies = ask().headers().getAll("Set-Cookie");

        assertThat(cookies).hasSize(4).allMatch(cookie -> cookie.split("; Secure", -1).length == 2);
        assertThat(cookies).noneMatch(cookie -> cookie.startsWith("theirs"));
    }

    @Test
    void s13_links_lead_to_the_address_that_people_use() {
        assertThat(ask().getHeader("Location")).isEqualTo("https://portal.example/tenants");
    }

    private HttpClientResponse ask() {
        return proxy.request(new RequestOptions()
                        .setServer(SocketAddress.inetSocketAddress(server.actualPort(), "127.0.0.1"))
                        .setHost("portal.example")
                        .setPort(80)
                        .setURI("/sign-in")
                        .putHeader("Cookie", "theirs=1; q_auth_old=2"))
                .compose(HttpClientRequest::send)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
