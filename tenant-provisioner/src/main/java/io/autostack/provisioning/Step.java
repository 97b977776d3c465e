package io.autostack.provisioning;

import java.util.function.Function;

/// One thing an operation makes sure of. It looks before it builds, because it will be asked again.
///
/// @param name stable word for programs
/// @param title what a person reads
/// @param ensure asked until it answers `Done` or `Failed`; runs outside any transaction
public record Step(String name, String title, Function<Facts, Outcome> ensure) {}
