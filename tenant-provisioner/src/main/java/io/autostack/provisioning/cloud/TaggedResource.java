package io.autostack.provisioning.cloud;

/// One thing that is a tenant's.
public record TaggedResource(Kind kind, String name) {

    /// In the order in which they can be removed.
    public enum Kind {
        CONTAINER("containers"),
        NETWORK("networks"),
        ROUTE("host names"),
        CLUSTER("dedicated clusters"),
        DATABASE("databases"),
        SNAPSHOT("snapshots"),
        DUMP("dump files"),
        ROLE("roles"),
        SECRET("secrets");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// As people call them.
        public String words() {
            return words;
        }
    }
}
