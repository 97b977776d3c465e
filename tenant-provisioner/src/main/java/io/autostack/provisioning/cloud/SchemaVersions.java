package io.autostack.provisioning.cloud;

import java.util.List;

/// The versions of the tenants' schema that there are files for.
public sealed interface SchemaVersions {

    /// @param versions oldest first
    record Known(List<Version> versions) implements SchemaVersions {
        public Known {
            versions = List.copyOf(versions);
        }
    }

    /// The files cannot be used as they are.
    ///
    /// @param reason a sentence for an operator
    record Unusable(String reason) implements SchemaVersions {}

    /// One of them.
    ///
    /// @param description as the file's name has it
    record Version(String number, String description) {}
}
