/// What surrounds every page: the viewer, the navigation, what one should know about this platform and what just
/// happened.
@NullMarked
package io.autostack.ui.frame;

import org.jspecify.annotations.NullMarked;
