package io.autostack.ui.gallery;

import io.quarkus.qute.TemplateInstance;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Rebuilds a page with other values in it, down to the last nested record.
record Rewrite(UnaryOperator<String> texts, boolean emptyLists, boolean nothingOptional) {

    static Rewrite everyText(UnaryOperator<String> texts) {
        return new Rewrite(texts, false, false);
    }

    TemplateInstance of(TemplateInstance page) {
        return (TemplateInstance) record((Record) page);
    }

    private Object record(Record original) {
        var components = original.getClass().getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var values = new @Nullable Object[components.length];
            for (var i = 0; i < components.length; i++) {
                values[i] = component(components[i], components[i].getAccessor().invoke(original));
            }
            return original.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot rebuild " + original.getClass(), e);
        }
    }

    private @Nullable Object component(RecordComponent component, @Nullable Object value) {
        if (value == null) return null;
        if (nothingOptional && component.getAnnotatedType().isAnnotationPresent(Nullable.class)) return null;
        return value(value);
    }

    private Object value(Object value) {
        return switch (value) {
            case String text -> texts.apply(text);
            case List<?> list ->
                emptyLists ? List.of() : list.stream().map(this::value).toList();
            case Record nested -> record(nested);
            default -> value;
        };
    }
}
