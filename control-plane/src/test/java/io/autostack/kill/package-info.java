/// Kills the packaged control plane between every two writes of every kind of operation, and looks what became of it.
@NullMarked
package io.autostack.kill;

import org.jspecify.annotations.NullMarked;
