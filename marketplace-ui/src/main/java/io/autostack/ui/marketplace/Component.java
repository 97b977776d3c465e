package io.autostack.ui.marketplace;

import io.autostack.ui.parts.Fact;
import java.util.List;

/// A part of a deployment: as planned (`configuration`) and as it was really built (`evidence`).
public record Component(String kind, String name, boolean simulated, List<Fact> configuration, List<Fact> evidence) {}
