/// Runs PostgreSQL from binaries that came as a dependency: nothing is installed, and a crash loses nothing.
@NullMarked
package io.autostack.local.postgres;

import org.jspecify.annotations.NullMarked;
