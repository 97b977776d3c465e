package io.autostack.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestBookTest {

    @TempDir
    static Path home;

    private static Town town;

    @BeforeAll
    static void found_a_town() throws Exception {
        town = new Town(home);
        for (var slug : new String[] {"acme", "globex", "rotating", "moving", "metered"}) town.tenant(slug, "active");
        town.tenant("waiting", "provisioning");
        town.tenant("held", "suspended");
        town.tenant("gone", "closed");
        town.tenant("stuck", "failed");
        town.tenant("broken", "active");
        town.administer("postgres", "drop database broken with (force)");
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @Test
    void what_a_guest_writes_is_read_by_the_next_one() throws Exception {
        assertThat(town.write("acme.localhost", "author=Ada&message=Hello+there")
                        .statusCode())
                .isEqualTo(303);

        assertThat(town.read("acme.localhost").body()).contains("Hello there", "Ada");
    }

    @Test
    void another_tenants_guests_read_nothing_of_it() throws Exception {
        town.write("acme.localhost", "author=Ada&message=only+for+acme");

        assertThat(town.read("globex.localhost").body()).doesNotContain("only for acme");
    }

    @Test
    void what_a_guest_writes_is_text_and_never_html() throws Exception {
        town.write("acme.localhost", "author=%3Cb%3EEve&message=%3Cscript%3Ealert(1)%3C/script%3E");

        assertThat(town.read("acme.localhost").body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script", "<b>Eve");
    }

    @Test
    void a_missing_message_is_said_at_its_field_and_the_name_is_kept() throws Exception {
        var answer = town.write("acme.localhost", "author=Grace&message=+");

        assertThat(answer.statusCode() + answer.body())
                .startsWith("422")
                .contains("id=\"message-mistake\">Please write a message.", "value=\"Grace\"");
    }

    @Test
    void a_name_of_81_characters_is_too_long() throws Exception {
        assertThat(town.write("acme.localhost", "author=" + "x".repeat(81) + "&message=hi")
                        .body())
                .contains("Please write at most 80 characters; these are 81.");
    }

    @Test
    void a_zero_character_is_refused_before_the_database_sees_it() throws Exception {
        assertThat(town.write("acme.localhost", "author=Ada&message=a%00b").statusCode())
                .isEqualTo(422);
    }

    @Test
    void a_form_of_another_site_is_refused() throws Exception {
        assertThat(town.write("acme.localhost", "author=Eve&message=hi", "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_body_beyond_all_measure_is_refused() throws Exception {
        assertThat(town.write("acme.localhost", "author=Eve&message=" + "x".repeat(20_000))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void an_address_nobody_has_is_not_found_and_says_so() throws Exception {
        var answer = town.read("nobody.localhost");

        assertThat(answer.statusCode() + answer.body()).startsWith("404").contains("nobody.localhost");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: \r\n",
                "Host: a b\r\n",
                "Host: <b>\r\n",
                "Host: acme.localhost@evil.example\r\n",
                "Host: acme.localhost\r\nHost: evil.example\r\n"
            })
    void s13_whoever_names_no_host_or_two_gets_nobodys_page(String host) throws Exception {
        assertThat(town.say("GET / HTTP/1.1\r\nConnection: close\r\n" + host + "\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: acme.local",
                "POST / HTTP/1.1\r\nHost: acme.localhost\r\nContent-Length: 100\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n\r\na"
            })
    void s10_a_head_and_a_body_that_never_end_are_cut_off(String half) throws Exception {
        assertThat(town.say(half)).doesNotStartWith("HTTP/1.1 2").doesNotStartWith("HTTP/1.1 3");
    }

    @Test
    void a_tenant_that_is_being_set_up_says_so() throws Exception {
        var answer = town.read("waiting.localhost");

        assertThat(answer.statusCode() + answer.body()).startsWith("503").contains("being set up");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    }

    @Test
    void a_suspended_tenant_says_so_and_sends_nobody_round_in_circles() throws Exception {
        var answer = town.read("held.localhost");

        assertThat(answer.statusCode() + answer.body()).startsWith("503").contains("suspended", "is kept");
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void a_closed_tenant_says_who_can_have_closed_it_and_promises_nothing() throws Exception {
        var answer = town.read("gone.localhost");

        assertThat(answer.statusCode() + answer.body())
                .startsWith("404")
                .contains("was closed, by its owner or by the operator", "ask its owner")
                .doesNotContain("as soon as");
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void a_tenant_that_could_not_be_set_up_says_so() throws Exception {
        assertThat(town.read("stuck.localhost").body()).contains("Setting it up failed");
    }

    @Test
    void a_database_that_is_away_is_no_bug() throws Exception {
        var answer = town.read("broken.localhost");

        assertThat(answer.statusCode() + answer.body()).startsWith("503").contains("The database does not answer");
    }

    @Test
    void a_database_that_moved_is_found_at_the_next_request() throws Exception {
        town.read("moving.localhost");
        town.administer(
                "postgres",
                "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = 'moving'",
                "alter database moving rename to moved");
        town.databases.put("moving", "moved");

        assertThat(town.read("moving.localhost").statusCode()).isEqualTo(503);
        assertThat(town.read("moving.localhost").statusCode()).isEqualTo(200);
    }

    @Test
    void a_new_password_is_learned_without_anybody_noticing() throws Exception {
        town.read("rotating.localhost");
        town.passwords.put("rotating", "second");
        town.administer(
                "postgres",
                "alter role rotating password 'second'",
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'rotating'");

        assertThat(town.read("rotating.localhost").statusCode()).isEqualTo(200);
    }

    @Test
    void no_page_loads_or_runs_anything_from_elsewhere() throws Exception {
        assertThat(town.read("acme.localhost").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .startsWith("default-src 'none'; style-src 'self'")
                        .doesNotContain("unsafe", "http"));
    }

    @Test
    void each_request_is_reported_once_more_with_the_same_id_when_the_first_report_failed() throws Exception {
        town.refusedOnce.set("metered");
        town.read("metered.localhost");

        var first = reportOf("metered");
        var second = reportOf("metered");
        assertThat(second).isEqualTo(first);
    }

    @Test
    void a_report_says_who_used_how_much_of_what() throws Exception {
        town.read("globex.localhost");

        var data = reportOf("globex").path("data");
        assertThat(data.properties())
                .extracting(member -> member.getKey() + "=" + member.getValue().asText())
                .containsExactlyInAnyOrder("meter=api-requests", "quantity=1");
    }

    @Test
    void it_says_that_it_lives() throws Exception {
        assertThat(town.get("anything", "/healthz").statusCode()).isEqualTo(200);
    }

    private static JsonNode reportOf(String slug) throws InterruptedException {
        while (true) {
            var event = town.reported.poll(20, TimeUnit.SECONDS);
            if (event == null) throw new AssertionError("nothing was reported for " + slug);
            if (event.path("subject").asText().equals(slug)) return event;
        }
    }
}
