/// Rules of the whole house: what the build holds on to, beyond what a compiler sees.
@NullMarked
package io.autostack.rules;

import org.jspecify.annotations.NullMarked;
