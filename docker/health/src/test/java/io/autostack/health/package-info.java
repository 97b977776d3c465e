/// What an engine is told about a container.
@NullMarked
package io.autostack.health;

import org.jspecify.annotations.NullMarked;
