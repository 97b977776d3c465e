/// The engine of durable operations and the local cloud, on a real server.
@NullMarked
package io.autostack.provisioning;

import org.jspecify.annotations.NullMarked;
