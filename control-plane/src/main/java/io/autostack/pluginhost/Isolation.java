package io.autostack.pluginhost;

/// What this machine keeps from a plugin beyond a process of its own with limits on time, heap and output.
public enum Isolation {
    CAGED("Plugins run as nobody's process: no rights, no network, no other process, no file but the JDK, libraries,"
            + " the runner and their own jar, few calls to the kernel, and limits for all of their processes"
            + " together."),
    NONE("This machine cannot lock plugins in (that needs Linux 5.14 or newer on amd64 or aarch64 where ordinary users"
            + " may make user namespaces, util-linux and coreutils, and a JDK that every user can read): templates that"
            + " others wrote are refused, and only those that come with AutoStack are asked.");

    private final String words;

    Isolation(String words) {
        this.words = words;
    }

    /// One sentence for an operator.
    public String words() {
        return words;
    }
}
