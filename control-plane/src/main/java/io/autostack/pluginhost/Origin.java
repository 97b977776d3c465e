package io.autostack.pluginhost;

/// Who answers for a plugin jar: what comes with the product is trusted as the product is, everything else is
/// not.
public enum Origin {
    BUNDLED,
    THIRD_PARTY
}
