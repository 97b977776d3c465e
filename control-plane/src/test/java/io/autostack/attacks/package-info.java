/// What a hostile tenant, plugin or stranger tries, and what must come of it.
@NullMarked
package io.autostack.attacks;

import org.jspecify.annotations.NullMarked;
