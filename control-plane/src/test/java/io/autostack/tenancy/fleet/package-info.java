/// Waves, and what a rollout has to do next.
@NullMarked
package io.autostack.tenancy.fleet;

import org.jspecify.annotations.NullMarked;
