/// API tokens: made once, shown once, revoked any time.
@NullMarked
package io.autostack.ui.identity;

import org.jspecify.annotations.NullMarked;
