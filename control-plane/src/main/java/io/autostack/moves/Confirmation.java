package io.autostack.moves;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What no machine can look up and a person confirms by name (source 003 §5.1).
enum Confirmation {
    ERROR_HANDLING("The code is ready for production, with thorough error handling."),
    STABLE_SCHEMA("The schema is stable; no breaking change is expected."),
    SECURITY_REVIEW("Security is reviewed: access, encryption, network isolation."),
    LOAD_TEST("A load test confirms the capacity."),
    RECOVERY("Disaster recovery is documented and tested."),
    DASHBOARDS("Dashboards and alerts are configured."),
    ON_CALL("There is an on-call rotation."),
    BACKUPS("Backup and restore are tested."),
    RUNBOOKS("Onboarding and offboarding are documented."),
    COMMUNICATION("Customers know when the window is.");

    private final String sentence;

    Confirmation(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Confirmation> find(String word) {
        return Arrays.stream(values())
                .filter(confirmation -> confirmation.word().equals(word))
                .findFirst();
    }
}
