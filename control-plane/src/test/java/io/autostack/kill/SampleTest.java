package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleTest {

    private static final String ANSWER = "commit of update provisioning.operation, update provisioning.step";
    private static final String END = "commit of update provisioning.operation, update tenancy.tenant";
    private static final String PUT_AWAY = "delete from provisioning.scheduled_task where task_name = $1";

    @Test
    void each_step_that_did_something_and_the_end_are_tried_and_for_the_engine_everything_up_to_the_claim() {
        var writes = List.of(
                "commit of insert into provisioning.operation",
                Target.CLAIM,
                ANSWER,
                "create database",
                ANSWER,
                ANSWER,
                "alter database",
                "alter role",
                ANSWER,
                END,
                PUT_AWAY);

        assertThat(new Sample().of(writes, true)).containsExactly(1, 2, 5, 8, 9, 10, 11);
        assertThat(new Sample().of(writes, false)).containsExactly(5, 8, 9, 10);
    }

    @Test
    void many_writes_in_a_row_are_tried_at_more_than_one_place() {
        var writes = Stream.of(
                        Stream.of("commit of insert into provisioning.operation", Target.CLAIM, ANSWER),
                        Stream.generate(() -> "create schema").limit(17),
                        Stream.of(ANSWER, END, PUT_AWAY))
                .flatMap(part -> part)
                .toList();

        assertThat(new Sample().of(writes, true)).containsExactly(1, 2, 8, 12, 16, 21, 22, 23);
    }

    @Test
    void what_is_enqueued_later_is_tried_before_that_as_well() {
        var writes = List.of(
                "commit of insert into tenancy.rollout",
                "commit of insert into provisioning.operation",
                Target.CLAIM,
                ANSWER,
                END,
                PUT_AWAY);

        assertThat(new Sample().of(writes, true)).containsExactly(1, 2, 3, 5, 6);
        assertThat(new Sample().of(writes, false)).containsExactly(1, 2, 5);
    }

    @Test
    void a_step_that_an_earlier_kind_was_killed_at_is_not_tried_again() {
        var sample = new Sample();
        sample.of(operation("alter database \"tenant_01a2294f384a\" set statement_timeout = '30s'"), false);

        assertThat(sample.of(operation("alter database \"tenant_77be00f3c0de\" set statement_timeout = '5s'"), false))
                .as("before it ends")
                .containsExactly(5);
        assertThat(sample.of(operation("alter role \"tenant_77be00f3c0de\" nologin"), false))
                .containsExactly(4, 5);
    }

    private static List<String> operation(String work) {
        return List.of("commit of insert into provisioning.operation", Target.CLAIM, work, ANSWER, END, PUT_AWAY);
    }
}
