package io.autostack.provisioning.cloud;

/// One thing that is a tenant's.
public record TaggedResource(Kind kind, String name) {

    /// In the order in which they can be removed.
    public enum Kind {
        CONTAINER("containers"),
        NETWORK("networks"),
        ROUTE("host names"),
        CLUSTER("dedicated servers", "dedicated-clusters"),
        DATABASE("databases"),
        SNAPSHOT("snapshots"),
        DUMP("dump files"),
        ROLE("roles"),
        SECRET("secrets");

        private final String words;
        private final String step;

        Kind(String words) {
            this(words, words.replace(' ', '-'));
        }

        Kind(String words, String step) {
            this.words = words;
            this.step = step;
        }

        /// As people call them.
        public String words() {
            return words;
        }

        /// As the step is called that removes them; it stays, because operations in flight hold it.
        public String step() {
            return step;
        }
    }
}
