package io.autostack.plugin;

import java.util.List;

/// Thrown by a template's `plan` when answers that are each fine do not go together.
public final class AnswersRejected extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<FieldMessage> fields;

    public AnswersRejected(FieldMessage... fields) {
        super("The answers do not go together");
        this.fields = List.of(fields);
    }

    public List<FieldMessage> fields() {
        return fields;
    }
}
