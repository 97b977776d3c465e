package io.autostack.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Callers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The notice about what this machine only simulates, and how its reader is rid of it.
@QuarkusTest
class NoticeTest {

    private static final String NOTICE = "containers are simulated";
    private static final Pattern ID = Pattern.compile("name=\"notice\" value=\"([0-9a-f]{16})\"");

    @Test
    void it_is_shown_until_its_reader_dismisses_it_and_leads_back_to_the_page() {
        var page = read(Callers.operator(), "/tenants?page_size=7");
        assertThat(page).contains(NOTICE, "name=\"back\" value=\"/tenants?page_size=7\"");

        var cookie = dismissed(Callers.operator(), page);

        assertThat(read(Callers.operator().cookie(cookie), "/tenants")).doesNotContain(NOTICE);
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
    }

    @Test
    void somebody_else_at_the_same_browser_is_told_all_the_same() {
        var cookie = dismissed(Callers.operator(), read(Callers.operator(), "/"));

        assertThat(read(Callers.finance().cookie(cookie), "/")).contains(NOTICE);
    }

    @Test
    void another_text_than_the_one_that_was_read_is_shown() {
        var cookie = new Cookie.Builder("autostack_notice", "0123456789abcdef").build();

        assertThat(read(Callers.operator().cookie(cookie), "/")).contains(NOTICE);
    }

    @Test
    void another_site_cannot_dismiss_it() {
        var answer = dismissal(Callers.operator().header("Sec-Fetch-Site", "cross-site"), "0123456789abcdef", "/");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.detailedCookies().asList()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "//evil.example/",
                "///evil.example",
                "/\\evil.example",
                "https://evil.example/",
                "evil",
                "/\t/evil"
            })
    void nobody_is_led_to_another_site(String back) {
        var answer = dismissal(Callers.operator().header("Sec-Fetch-Site", "same-origin"), "0123456789abcdef", back);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).doesNotContain("evil").endsWith("/");
    }

    @Test
    void what_is_no_notice_is_not_remembered() {
        var answer = dismissal(Callers.operator().header("Sec-Fetch-Site", "same-origin"), "x; Path=/api", "/");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.detailedCookies().asList()).isEmpty();
    }

    private static Cookie dismissed(RequestSpecification caller, String page) {
        var id = ID.matcher(page);
        assertThat(id.find()).as(page).isTrue();
        var answer = dismissal(caller.header("Sec-Fetch-Site", "same-origin"), id.group(1), "/tenants?page_size=7");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith("/tenants?page_size=7");
        return answer.detailedCookie("autostack_notice");
    }

    private static Response dismissal(RequestSpecification caller, String notice, String back) {
        return caller.accept("text/html")
                .redirects()
                .follow(false)
                .formParam("notice", notice)
                .formParam("back", back)
                .post("/notice/dismiss");
    }

    private static String read(RequestSpecification caller, String path) {
        return caller.accept("text/html")
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
