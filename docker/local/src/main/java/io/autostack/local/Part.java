package io.autostack.local;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/// Something that runs and has to go on running.
///
/// @param name as `status` calls it
/// @param log where it says what it does
/// @param alive whether its process runs
/// @param start starts it once more after it died, and returns when it is ready
record Part(String name, Path log, BooleanSupplier alive, Runnable start) {}
