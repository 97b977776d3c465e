/// The one question that an engine asks a container again and again.
@NullMarked
package io.autostack.health;

import org.jspecify.annotations.NullMarked;
