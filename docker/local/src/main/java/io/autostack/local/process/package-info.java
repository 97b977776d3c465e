/// Programs we start: short ones that run to their end, and long ones that must be found again after a crash.
@NullMarked
package io.autostack.local.process;

import org.jspecify.annotations.NullMarked;
