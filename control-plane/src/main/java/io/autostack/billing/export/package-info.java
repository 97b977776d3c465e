/// Charges as files that finance systems read.
@NullMarked
package io.autostack.billing.export;

import org.jspecify.annotations.NullMarked;
