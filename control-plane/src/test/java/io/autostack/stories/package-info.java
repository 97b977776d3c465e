/// What people do with AutoStack, from beginning to end.
@NullMarked
package io.autostack.stories;

import org.jspecify.annotations.NullMarked;
