/// What the platform and the runner say to each other, as JSON. Templates and their authors do not need it.
@NullMarked
package io.autostack.plugin.json;

import org.jspecify.annotations.NullMarked;
