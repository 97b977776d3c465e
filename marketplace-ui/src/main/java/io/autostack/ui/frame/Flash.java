package io.autostack.ui.frame;

import io.autostack.ui.parts.Tone;

/// What just happened, said once at the top of the next page.
public record Flash(Tone tone, String text) {}
