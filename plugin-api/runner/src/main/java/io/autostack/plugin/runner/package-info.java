/// The small process in which a plugin jar is loaded and asked one question, which it answers with one JSON object.
@NullMarked
package io.autostack.plugin.runner;

import org.jspecify.annotations.NullMarked;
