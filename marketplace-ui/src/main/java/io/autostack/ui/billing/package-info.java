/// Plans as they are offered, and what finance takes away at the end of a month.
@NullMarked
package io.autostack.ui.billing;

import org.jspecify.annotations.NullMarked;
