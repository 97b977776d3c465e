package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.Passwords;
import io.autostack.provisioning.plans.Names;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdentifiersTest {

    static Stream<String> a04() {
        return Stream.of(
                "1acme",
                "acme--x",
                "acme-",
                "ACME",
                "a".repeat(80),
                "été",
                "db",
                "-",
                "",
                "_acme_",
                "9".repeat(63),
                "acme".repeat(13) + "-",
                Names.database(new UUID(1, 2)),
                Names.copy(Names.database(new UUID(1, 2)), new UUID(3, 4)));
    }

    @ParameterizedTest
    @MethodSource("a04")
    void a04_whatever_the_name_is_its_identifier_is_one_that_rds_takes(String name) {
        assertThat(Identifiers.of(name))
                .matches("[a-z][a-z0-9-]*[a-z0-9]")
                .doesNotContain("--")
                .hasSizeLessThanOrEqualTo(63)
                .isEqualTo(Identifiers.of(name));
    }

    @ParameterizedTest
    @MethodSource("a04")
    void a04_and_so_is_the_name_of_its_database(String name) {
        assertThat(Identifiers.database(name))
                .matches("[a-z][a-z0-9_]*")
                .hasSizeLessThanOrEqualTo(63)
                .isEqualTo(Identifiers.database(name));
    }

    @Test
    void a04_two_names_never_make_the_same_one() {
        var names = List.of(
                "a-b",
                "a_b",
                "a--b",
                "A-B",
                "a-b-",
                "a.b",
                "x".repeat(63),
                "x".repeat(64),
                "x".repeat(65),
                "X".repeat(63));

        assertThat(names.stream().map(Identifiers::of)).doesNotHaveDuplicates();
        assertThat(names.stream().map(Identifiers::database)).doesNotHaveDuplicates();
    }

    @Test
    void a_legal_name_is_its_own_identifier() {
        assertThat(Identifiers.of("acme-shop")).isEqualTo("acme-shop");
        assertThat(Identifiers.database("acme_shop")).isEqualTo("acme_shop");
    }

    @Test
    void a05_a71_no_password_has_a_character_that_rds_refuses_or_an_address_changes() {
        assertThat(IntStream.range(0, 100_000).mapToObj(i -> Passwords.next()))
                .allSatisfy(password -> assertThat(password)
                        .hasSizeBetween(8, 128)
                        .doesNotContain("/", "@", "\"", " ", "%", "$")
                        .isEqualTo(URLDecoder.decode(
                                URLEncoder.encode(password, StandardCharsets.UTF_8), StandardCharsets.UTF_8)));
    }
}
