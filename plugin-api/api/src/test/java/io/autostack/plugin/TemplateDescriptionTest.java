package io.autostack.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

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

    private static TemplateDescription describing(
            String repository, List<Parameter> parameters, Set<Permission> permissions) {
        return new TemplateDescription(
                "shop", "Shop", "A shop.", "A shop.", "Shops", parameters, repository, "MIT", permissions);
    }
}
