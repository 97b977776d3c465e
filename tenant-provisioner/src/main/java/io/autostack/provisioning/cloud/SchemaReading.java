package io.autostack.provisioning.cloud;

/// What a look at the schema of a database found.
public sealed interface SchemaReading {

    /// @param version of the last migration that succeeded; `0` when there was none
    /// @param fingerprint SHA-256 over everything the catalogue says about its objects, hexadecimal
    record Observed(String version, String fingerprint) implements SchemaReading {}

    /// It takes no connections, or a table is in use.
    ///
    /// @param why as the end of the sentence "waits, because …"
    record NotNow(String why) implements SchemaReading {}

    /// It is not there, or it is somebody else's.
    ///
    /// @param reason a sentence for an operator
    record Missing(String reason) implements SchemaReading {}
}
