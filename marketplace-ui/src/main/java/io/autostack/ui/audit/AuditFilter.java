package io.autostack.ui.audit;

import io.autostack.ui.parts.FieldError;
import java.util.List;
import java.util.stream.Stream;

/// What the history is narrowed to, as it was typed; dates are yyyy-MM-dd.
public record AuditFilter(String tenant, String actor, String object, String from, String to, List<FieldError> errors) {

    public static AuditFilter everything() {
        return new AuditFilter("", "", "", "", "", List.of());
    }

    public boolean narrowed() {
        return Stream.of(tenant, actor, object, from, to).anyMatch(value -> !value.isBlank());
    }
}
