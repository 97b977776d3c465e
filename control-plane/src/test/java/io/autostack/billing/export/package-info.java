/// Tests of the billing export; `FocusRules` is the check that every row has to pass.
@NullMarked
package io.autostack.billing.export;

import org.jspecify.annotations.NullMarked;
