/// Benchmarks: every figure beside its floor or peer measured in the same run, as a ratio. Nothing here is a test.
@NullMarked
package io.autostack.bench;

import org.jspecify.annotations.NullMarked;
