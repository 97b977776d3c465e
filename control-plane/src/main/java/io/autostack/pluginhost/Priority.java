package io.autostack.pluginhost;

import java.util.ArrayList;
import java.util.List;

/// How a process stands back behind others on the processors.
enum Priority {
    NORMAL(List.of()),
    /// About a tenth of what one of normal priority gets beside it; everything when nobody else wants it.
    LOW(List.of("/usr/bin/nice", "-n", "10"));

    private final List<String> prefix;

    Priority(List<String> prefix) {
        this.prefix = prefix;
    }

    List<String> command(List<String> command) {
        var all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }
}
