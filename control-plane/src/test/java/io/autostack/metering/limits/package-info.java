/// Tests of limit decisions.
@NullMarked
package io.autostack.metering.limits;

import org.jspecify.annotations.NullMarked;
