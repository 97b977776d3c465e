/// The platform as the launcher stands it up, with nothing replaced.
@NullMarked
package io.autostack.local;

import org.jspecify.annotations.NullMarked;
