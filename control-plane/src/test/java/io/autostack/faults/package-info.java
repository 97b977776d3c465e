/// Faults on purpose: what the engine makes of a cloud that is slow, refuses, lies or stops half-way.
@NullMarked
package io.autostack.faults;

import org.jspecify.annotations.NullMarked;
