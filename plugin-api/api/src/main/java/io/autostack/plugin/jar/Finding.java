package io.autostack.plugin.jar;

/// Something about a jar that must be put right before it can be used.
///
/// @param rule a stable name of the rule, for instance `jar.entry-name`
/// @param message what was found and what to do, for the author
public record Finding(String rule, String message) {}
