package io.autostack.ui.home;

import java.math.BigDecimal;

/// A number worth knowing at a glance, and where to read more.
public record Count(String label, BigDecimal value, String href) {}
