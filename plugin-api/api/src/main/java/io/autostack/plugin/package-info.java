/// The published language of stack templates: the extension point, the plan's vocabulary, parameters and their checks.
@NullMarked
package io.autostack.plugin;

import org.jspecify.annotations.NullMarked;
