/// Durable operations: a promise is written once, its steps are kept by workers until they are done, and its owner
/// settles it.
@NullMarked
package io.autostack.provisioning;

import org.jspecify.annotations.NullMarked;
