/// The local driver: databases on a PostgreSQL server, sealed secrets, host names, and containers of the Docker engine.
@NullMarked
package io.autostack.provisioning.cloud.local;

import org.jspecify.annotations.NullMarked;
