package io.autostack.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.shared.ProblemException;
import io.autostack.shared.ProblemType;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What somebody is, to a tenant and to the platform.
class TenantRoleTest {

    private final Caller operator =
            new Caller(Caller.Kind.USER, "1", "olga", "olga@example.com", Set.of(Role.OPERATOR), null);
    private final Caller alice = new Caller(Caller.Kind.USER, "2", "alice", "alice@example.com", Set.of(), null);

    @ParameterizedTest
    @CsvSource({
        "OWNER, 4",
        "ADMIN, 3",
        "MEMBER, 2",
        "VIEWER, 1",
    })
    void m18_a_grade_is_at_least_those_below_and_itself(TenantRole role, int many) {
        assertThat(java.util.Arrays.stream(TenantRole.values()).filter(role::atLeast))
                .hasSize(many)
                .contains(role, TenantRole.VIEWER);
    }

    @Test
    void roles_have_words() {
        for (var role : Role.values()) assertThat(Role.of(role.word())).contains(role);
        for (var other : new String[] {"", "OPERATOR", "owner", "operator "})
            assertThat(Role.of(other)).as(other).isEmpty();
        assertThat(TenantRole.OWNER.word()).isEqualTo("owner");
    }

    @Test
    void whoever_has_one_of_the_roles_passes() {
        assertThat(operator.mustBe(Role.FINANCE, Role.OPERATOR)).isSameAs(operator);
        assertThat(operator.mustBeSignedIn()).isSameAs(operator);
        assertThat(operator.isAny(Role.FINANCE)).isFalse();
    }

    @Test
    void whoever_has_none_is_told_who_may() {
        assertThatThrownBy(() -> alice.mustBe(Role.FINANCE, Role.OPERATOR))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().type()).isEqualTo(ProblemType.NOT_ALLOWED);
                    assertThat(refused.problem().detail()).isEqualTo("This is for finance or operator only.");
                });
    }

    @Test
    void whoever_is_not_signed_in_is_asked_to() {
        assertThat(Caller.nobody().signedIn()).isFalse();
        for (var ask : new Runnable[] {
            () -> Caller.nobody().mustBe(Role.OPERATOR), () -> Caller.nobody().mustBeSignedIn()
        })
            assertThatThrownBy(ask::run)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.NOT_SIGNED_IN));
    }

    @Test
    void history_tells_people_from_programs() {
        var token = new Caller(Caller.Kind.TOKEN, "3", "ci", null, Set.of(), null);

        assertThat(alice.actor().kind()).isEqualTo("user");
        assertThat(token.actor().kind()).isEqualTo("token");
        assertThat(token.actor().name()).isEqualTo("ci");
    }
}
