package io.autostack.pluginhost;

/// What this machine keeps from a plugin beyond a process of its own with limits on time, memory and output.
public enum Isolation {
    CAGED("Plugins have no network, see no other process, and no file but the JDK, the runner and their own jar."),
    OFFLINE("Plugins have no network and see no other process, but can read the files that this user can read."),
    NONE("Plugins can use the network and read the files that this user can read: this machine offers no namespaces.");

    private final String words;

    Isolation(String words) {
        this.words = words;
    }

    public boolean networkIsOff() {
        return this != NONE;
    }

    public boolean filesAreHidden() {
        return this == CAGED;
    }

    /// One sentence for an operator.
    public String words() {
        return words;
    }
}
