/// What a tenant has used, measured against what its plan allows.
@NullMarked
package io.autostack.ui.metering;

import org.jspecify.annotations.NullMarked;
