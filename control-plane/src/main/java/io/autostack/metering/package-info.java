/// What tenants use: events counted exactly once, totals of a month, and how far the plan still goes.
@NullMarked
package io.autostack.metering;

import org.jspecify.annotations.NullMarked;
