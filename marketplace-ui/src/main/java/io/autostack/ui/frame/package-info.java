/// What surrounds every page: the viewer, the navigation, the platform's facts and what just happened.
@NullMarked
package io.autostack.ui.frame;

import org.jspecify.annotations.NullMarked;
