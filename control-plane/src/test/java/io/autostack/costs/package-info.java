/// Tests of prices and estimates.
@NullMarked
package io.autostack.costs;

import org.jspecify.annotations.NullMarked;
