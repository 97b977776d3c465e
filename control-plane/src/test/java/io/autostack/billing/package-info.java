/// Tests of charges.
@NullMarked
package io.autostack.billing;

import org.jspecify.annotations.NullMarked;
