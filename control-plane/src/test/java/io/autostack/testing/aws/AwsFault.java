package io.autostack.testing.aws;

/// What may become of a call.
public enum AwsFault {
    NONE,
    THROTTLED,
    SERVER_ERROR,
    DENIED,
    /// It succeeds, and nobody hears so.
    LOST
}
