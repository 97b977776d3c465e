package io.autostack.ui.frame;

/// What everybody should know about this platform, until they have read it.
///
/// @param id of this text for this viewer; a text that changes is shown again
/// @param back where the viewer is now
public record Notice(String text, String id, String back) {}
