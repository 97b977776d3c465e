package io.autostack.billing.export;

import java.util.Arrays;
import java.util.Optional;

/// The versions of the FOCUS specification that can be written.
enum FocusVersion {
    V1_2("1.2"),
    V1_4("1.4");

    private final String word;

    FocusVersion(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Optional<FocusVersion> of(String word) {
        return Arrays.stream(values())
                .filter(version -> version.word.equals(word))
                .findFirst();
    }

    static String words() {
        return String.join(
                " or ", Arrays.stream(values()).map(FocusVersion::word).toList());
    }
}
