package io.autostack.shared;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What went wrong, in words for the caller (RFC 9457): the same object becomes JSON for programs and a page for
/// people.
///
/// @param errors which fields are wrong, empty when the problem is not about fields
/// @param extra facts beside the sentence, for example the limit and the use; JSON-friendly values only
public record Problem(ProblemType type, String detail, List<FieldError> errors, Map<String, Object> extra) {

    public Problem {
        errors = List.copyOf(errors);
        extra = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /// One field and what is wrong with it. `field` is the form field or JSON member; nested members are joined by
    /// dots.
    public record FieldError(String field, String message) {}

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), Map.of());
    }

    public static Problem fields(List<FieldError> errors) {
        return new Problem(
                ProblemType.INVALID_INPUT,
                errors.size() == 1 ? "One field needs another look." : errors.size() + " fields need another look.",
                errors,
                Map.of());
    }

    public static Problem field(String field, String message) {
        return fields(List.of(new FieldError(field, message)));
    }

    public static Problem notFound(String what) {
        return of(ProblemType.NOT_FOUND, what);
    }

    public Problem with(String name, Object value) {
        var more = new LinkedHashMap<>(extra);
        more.put(name, value);
        return new Problem(type, detail, errors, more);
    }

    /// For edges only: ends the request with this problem.
    public ProblemException exception() {
        return new ProblemException(this);
    }
}
