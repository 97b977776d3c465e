/// Durable operations: an operation is enqueued once, workers execute its steps until they are done, and its owner's
/// completion handler takes note of the end.
@NullMarked
package io.autostack.provisioning;

import org.jspecify.annotations.NullMarked;
