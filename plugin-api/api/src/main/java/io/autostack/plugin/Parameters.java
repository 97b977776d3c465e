package io.autostack.plugin;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What all kinds of parameters promise about their labels and initial values.
final class Parameters {

    private Parameters() {}

    static void checkLabels(String name, String title, String help) {
        Require.name("a parameter's name", name);
        Require.text("the title of " + name, title, 100);
        Require.line("the help of " + name, help, 1_000);
    }

    static void checkInitial(String name, @Nullable String initial, Function<String, Optional<String>> objection) {
        if (initial == null) return;
        objection.apply(initial).ifPresent(why -> {
            throw new IllegalArgumentException(
                    "the initial value of " + name + " is not an answer it would accept: " + why);
        });
    }
}
