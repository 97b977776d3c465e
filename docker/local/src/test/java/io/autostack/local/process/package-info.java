/// Real processes, really killed.
@NullMarked
package io.autostack.local.process;

import org.jspecify.annotations.NullMarked;
