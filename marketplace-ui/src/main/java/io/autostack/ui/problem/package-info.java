/// What went wrong, said so that the viewer knows what to do next.
@NullMarked
package io.autostack.ui.problem;

import org.jspecify.annotations.NullMarked;
