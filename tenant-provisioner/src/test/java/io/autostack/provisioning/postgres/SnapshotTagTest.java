package io.autostack.provisioning.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTagTest {

    private static final UUID TENANT = UUID.fromString("019acb62-7a7b-7c3a-9d52-0123456789ab");

    @Test
    void a_tag_is_read_as_it_was_written() {
        var tag = new SnapshotTag(TENANT, "tenant_acme__17", Instant.parse("2026-11-20T09:00:00.123456Z"));

        assertThat(tag.text())
                .isEqualTo("autostack:snapshot tenant=019acb62-7a7b-7c3a-9d52-0123456789ab of=tenant_acme__17"
                        + " taken=2026-11-20T09:00:00.123456Z");
        assertThat(SnapshotTag.read(tag.text())).contains(tag);
    }

    @Test
    void half_a_snapshot_is_none() {
        assertThat(SnapshotTag.half(TENANT)).endsWith("tenant=" + TENANT);
        assertThat(SnapshotTag.read(SnapshotTag.half(TENANT))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "autostack:tenant 019acb62-7a7b-7c3a-9d52-0123456789ab",
                "autostack:snapshot tenant=019acb62-7a7b-7c3a-9d52-0123456789ab of=tenant_acme",
                "autostack:snapshot tenant=acme of=tenant_acme taken=2026-11-20T09:00:00Z",
                "see autostack:snapshot tenant=019acb62-7a7b-7c3a-9d52-0123456789ab of=a taken=2026-11-20T09:00:00Z",
                "autostack:snapshot tenant=019acb62-7a7b-7c3a-9d52-0123456789ab of=a b taken=2026-11-20T09:00:00Z"
            })
    void what_somebody_else_wrote_is_no_tag(String comment) {
        assertThat(SnapshotTag.read(comment)).isEmpty();
    }
}
