/// Whether a plan allows one more: pure decisions, and the check that other packages ask before they add something.
@NullMarked
package io.autostack.metering.limits;

import org.jspecify.annotations.NullMarked;
