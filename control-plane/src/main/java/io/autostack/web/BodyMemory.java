package io.autostack.web;

import java.util.HashMap;
import java.util.Map;

/// How much memory the bodies that are under way may fill, those of one caller and all together.
final class BodyMemory {

    private final long maxPerCaller;
    private final long max;
    private final Map<String, Long> taken = new HashMap<>();
    private long all;

    /// @param maxPerCaller in bytes
    /// @param max in bytes
    BodyMemory(long maxPerCaller, long max) {
        this.maxPerCaller = maxPerCaller;
        this.max = max;
    }

    /// @return false when there is no room for it now
    synchronized boolean take(String caller, long bytes) {
        long own = taken.getOrDefault(caller, 0L) + bytes;
        if (own > maxPerCaller || all + bytes > max) return false;
        taken.put(caller, own);
        all += bytes;
        return true;
    }

    synchronized void giveBack(String caller, long bytes) {
        taken.computeIfPresent(caller, (same, own) -> own <= bytes ? null : own - bytes);
        all -= bytes;
    }
}
