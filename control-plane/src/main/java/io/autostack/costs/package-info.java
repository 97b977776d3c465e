/// What infrastructure costs: the price book as versioned data, and estimates that show their arithmetic.
@NullMarked
package io.autostack.costs;

import org.jspecify.annotations.NullMarked;
