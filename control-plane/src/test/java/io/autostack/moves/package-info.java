/// What decides about moves, without any database.
@NullMarked
package io.autostack.moves;

import org.jspecify.annotations.NullMarked;
