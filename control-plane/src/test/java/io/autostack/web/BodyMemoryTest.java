package io.autostack.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyMemoryTest {

    private final BodyMemory memory = new BodyMemory(10, 15);

    @Test
    void s10_one_caller_has_its_share_and_leaves_the_rest_to_others() {
        assertThat(memory.take("a", 6)).isTrue();
        assertThat(memory.take("a", 5)).isFalse();
        assertThat(memory.take("a", 4)).isTrue();
        assertThat(memory.take("b", 5)).isTrue();
    }

    @Test
    void s10_all_callers_together_have_no_more_than_there_is() {
        assertThat(memory.take("a", 8)).isTrue();
        assertThat(memory.take("b", 8)).isFalse();
        assertThat(memory.take("b", 7)).isTrue();
        assertThat(memory.take("c", 1)).isFalse();
    }

    @Test
    void what_is_given_back_can_be_taken_again() {
        assertThat(memory.take("a", 10)).isTrue();
        memory.giveBack("a", 10);

        assertThat(memory.take("a", 10)).isTrue();
        assertThat(memory.take("b", 5)).isTrue();
    }

    @Test
    void what_is_given_back_in_parts_is_free_in_parts() {
        assertThat(memory.take("a", 10)).isTrue();
        memory.giveBack("a", 4);

        assertThat(memory.take("a", 5)).isFalse();
        assertThat(memory.take("a", 4)).isTrue();
        memory.giveBack("a", 10);
        assertThat(memory.take("a", 11)).isFalse();
        assertThat(memory.take("b", 10)).isTrue();
        assertThat(memory.take("a", 6)).isFalse();
        assertThat(memory.take("a", 5)).isTrue();
    }
}
