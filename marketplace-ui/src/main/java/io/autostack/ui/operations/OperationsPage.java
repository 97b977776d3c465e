package io.autostack.ui.operations;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.lists.Listing;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Operations, of the platform or of one tenant.
@CheckedTemplate(basePath = "operations")
public record OperationsPage(Frame frame, Listing list, List<Row> operations) implements TemplateInstance {

    /// One operation; `tenant` is the short name of the one it is for.
    public record Row(
            String id,
            String title,
            @Nullable String tenant,
            State state,
            boolean simulated,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {

        public @Nullable Duration took() {
            return startedAt == null || finishedAt == null ? null : Duration.between(startedAt, finishedAt);
        }
    }
}
