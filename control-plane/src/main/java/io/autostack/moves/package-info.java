/// From proof of concept to production: readiness, the move itself, the way back, and the end of the old database.
@NullMarked
package io.autostack.moves;

import org.jspecify.annotations.NullMarked;
