package io.autostack.plugin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A user's answers after they have been checked: every one is known to its template and acceptable.
public final class Answers {

    private final Map<String, Parameter> parameters;
    private final Map<String, String> given;

    private Answers(Map<String, Parameter> parameters, Map<String, String> given) {
        this.parameters = parameters;
        this.given = given;
    }

    /// What became of answers: fit to plan with, or a message for every field that is wrong.
    public sealed interface Checked {
        record Valid(Answers answers) implements Checked {}

        record Invalid(List<FieldMessage> fields) implements Checked {}
    }

    /// Checks raw answers. A blank answer counts as missing; a missing one becomes the parameter's initial value.
    public static Checked check(List<Parameter> parameters, Map<String, String> raw) {
        var known = new LinkedHashMap<String, Parameter>();
        parameters.forEach(parameter -> known.put(parameter.name(), parameter));
        var messages = new ArrayList<FieldMessage>();
        var given = new LinkedHashMap<String, String>();
        for (var parameter : parameters) {
            var answer = Optional.ofNullable(raw.get(parameter.name()))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .or(parameter::initialText);
            if (answer.isEmpty()) {
                if (parameter.required()) messages.add(new FieldMessage(parameter.name(), "Must not be empty."));
                continue;
            }
            parameter
                    .objection(answer.get())
                    .ifPresentOrElse(
                            why -> messages.add(new FieldMessage(parameter.name(), why)),
                            () -> given.put(parameter.name(), answer.get()));
        }
        for (var name : raw.keySet())
            if (!known.containsKey(name))
                messages.add(new FieldMessage(Require.shortened(name), "Is not a parameter of this template."));
        return messages.isEmpty()
                ? new Checked.Valid(new Answers(known, Collections.unmodifiableMap(given)))
                : new Checked.Invalid(List.copyOf(messages));
    }

    /// The answer to a `Text` or `Choice`.
    public String text(String name) {
        return findText(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no answer to the optional \"" + name + "\""));
    }

    /// The answer to a parameter that may be left empty.
    public Optional<String> findText(String name) {
        if (!parameters.containsKey(name))
            throw new IllegalArgumentException("the template has no parameter \"" + name + "\"");
        return Optional.ofNullable(given.get(name));
    }

    /// The answer to a `WholeNumber`.
    public long number(String name) {
        return Long.parseLong(text(name));
    }

    /// The answer to a `Flag`.
    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    /// Every answer as text, in the order of the parameters: what a deployment keeps to be planned again.
    public Map<String, String> asMap() {
        return given;
    }
}
