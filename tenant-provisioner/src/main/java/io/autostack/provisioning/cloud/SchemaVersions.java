package io.autostack.provisioning.cloud;

import java.util.List;

/// The versions of the tenants' schema that there are files for.
public sealed interface SchemaVersions {

    /// @param versions oldest first
    record Known(List<Version> versions) implements SchemaVersions {
        public Known {
            versions = List.copyOf(versions);
        }

        public List<String> numbers() {
            return versions.stream().map(Version::number).toList();
        }

        /// One that there is no file for is older than all others.
        public boolean isLater(String one, String other) {
            return numbers().indexOf(one) > numbers().indexOf(other);
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
