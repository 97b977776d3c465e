package io.autostack.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Acme",
                "Bäckerei Müller & Söhne",
                "Ñandú  S.A.",
                "東京スタジオ",
                "כפר סבא",
                "شركة",
                "می\u200Cخواهم",
                "क्\u200Dष",
                "\uD83D\uDC69\u200D\uD83D\uDCBB Studio",
                "\u2764\uFE0F\u200D\uD83D\uDD25",
                "葛\uDB40\uDD00城",
                "\uD800\uDF30\uD800\uDF31",
                "—",
                "a\u00A0b",
                ""
            })
    void t44_what_people_can_see_may_be_a_name(String name) {
        assertThat(VisibleText.problem(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Acme\uD800 | half of a character (U+D800)",
                "\uDC00Acme | half of a character (U+DC00)",
                "\uD83D | half of a character (U+D83D)",
                "Acme \u202Egpj.exe | characters that turn the direction of writing (U+202E)",
                "a\u202Ab | characters that turn the direction of writing (U+202A)",
                "a\u2066b | characters that turn the direction of writing (U+2066)",
                "a\u2069b | characters that turn the direction of writing (U+2069)",
                "a\u200Fb | characters that turn the direction of writing (U+200F)",
                "a\u061Cb | characters that turn the direction of writing (U+061C)",
                "Ac\u200Bme | invisible characters (U+200B)",
                "Ac\u200Dme | invisible characters (U+200D)",
                "Ac\u200Cme | invisible characters (U+200C)",
                "\u200Dacme | invisible characters (U+200D)",
                "می\u200C\u200Cخ | invisible characters (U+200C)",
                "Ac\u00ADme | invisible characters (U+00AD)",
                "Ac\uFEFFme | invisible characters (U+FEFF)",
                "Ac\u2060me | invisible characters (U+2060)",
                "Ac\u3164me | invisible characters (U+3164)",
                "\uFFA0 | invisible characters (U+FFA0)",
                "Ac\u034Fme | invisible characters (U+034F)",
                "Ac\uFE0Fme | invisible characters (U+FE0F)",
                "\uFE0F | invisible characters (U+FE0F)",
                "Acme\uDB40\uDC41 | invisible characters (U+E0041)",
                "Ac\u0000me | control characters or line breaks (U+0000)",
                "Ac\u0085me | control characters or line breaks (U+0085)",
                "Ac\u001Bme | control characters or line breaks (U+001B)",
                "Ac\u2028me | control characters or line breaks (U+2028)",
                "Acme\uE000 | characters that Unicode does not know (U+E000)",
                "Acme\uFFFF | characters that Unicode does not know (U+FFFF)",
                "Acme\u0378 | characters that Unicode does not know (U+0378)"
            })
    void t44_what_people_cannot_see_is_refused_with_its_number(String name, String refused) {
        assertThat(VisibleText.problem(name)).contains("must not contain " + refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00A0", "\u2003 \u3000", "\u0301", " \u0301\u20DD"})
    void t44_a_name_without_anything_to_see_is_refused(String name) {
        assertThat(VisibleText.problem(name)).contains("must have characters that can be seen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"می\u200C", "क्\u200D"})
    void t44_a_joiner_joins_something(String name) {
        assertThat(VisibleText.problem(name)).contains("must not end with an invisible character");
    }
}
