package io.autostack.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateDescriptionTest {

    @Test
    void permissions_are_always_in_the_same_order() {
        var described = describing("", List.of(), Set.of(Permission.SECRET, Permission.DATABASE));

        assertThat(described.permissions()).containsExactly(Permission.DATABASE, Permission.SECRET);
    }

    @Test
    void a_repository_that_is_not_an_https_address_is_refused() {
        assertThatThrownBy(() -> describing("javascript:alert(1)", List.of(), Set.of()))
                .hasMessageContaining("https address");
    }

    @Test
    void two_parameters_cannot_share_a_name() {
        var flag = new Parameter.Flag("public", "Public", "", false);

        assertThatThrownBy(() -> describing("", List.of(flag, flag), Set.of()))
                .hasMessage("two parameters are named \"public\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\u001b[2J", "\u009b2J", "\u202emoc", "\u2066", "two\nlines", "\u2028", "\ud800"})
    void s32_what_steers_a_terminal_or_turns_the_reading_direction_round_is_refused(String steering) {
        assertThatThrownBy(() -> named("Shop" + steering, "A shop.")).hasMessageContaining("control characters");
        assertThatThrownBy(() -> new Parameter.Flag("public", "Public" + steering, "", false))
                .hasMessageContaining("control characters");
        assertThatThrownBy(() -> new Parameter.Flag("public", "Public", "Help" + steering, false))
                .hasMessageContaining("control characters");
        if (!steering.contains("\n"))
            assertThatThrownBy(() -> named("Shop", "A shop." + steering)).hasMessageContaining("control characters");
    }

    @Test
    void a_description_has_lines_and_every_script_can_be_written() {
        assertThat(named("فروشگاه‌ها \uD83D\uDC68\u200D\uD83D\uDCBB", "First line.\nSecond line.")
                        .name())
                .startsWith("فروش");
    }

    private static TemplateDescription named(String name, String description) {
        return new TemplateDescription("shop", name, "A shop.", description, "Shops", List.of(), "", "MIT", Set.of());
    }

    private static TemplateDescription describing(
            String repository, List<Parameter> parameters, Set<Permission> permissions) {
        return new TemplateDescription(
                "shop", "Shop", "A shop.", "A shop.", "Shops", parameters, repository, "MIT", permissions);
    }
}
