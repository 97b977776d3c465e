/// The plan catalogue: prices and limits as versions that never change once published.
@NullMarked
package io.autostack.plans;

import org.jspecify.annotations.NullMarked;
