/// Plugin jars and the processes in which they are asked: the only place that knows how a plugin is run.
@NullMarked
package io.autostack.pluginhost;

import org.jspecify.annotations.NullMarked;
