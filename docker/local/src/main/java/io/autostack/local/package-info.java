/// Stands the whole platform up on one machine, and takes it down again in the right order.
@NullMarked
package io.autostack.local;

import org.jspecify.annotations.NullMarked;
