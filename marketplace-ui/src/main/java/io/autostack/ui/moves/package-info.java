/// Pages about the way from proof of concept to production.
@NullMarked
package io.autostack.ui.moves;

import org.jspecify.annotations.NullMarked;
