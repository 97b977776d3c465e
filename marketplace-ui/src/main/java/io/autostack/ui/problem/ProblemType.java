package io.autostack.ui.problem;

/// One kind of problem, explained: when it is met, and what helps.
///
/// @param slug the last part of its address
public record ProblemType(String slug, int status, String title, String when, String helps) {}
