/// What all domains share.
@NullMarked
package io.autostack.shared;

import org.jspecify.annotations.NullMarked;
