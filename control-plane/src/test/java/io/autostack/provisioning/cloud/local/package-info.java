/// Where faults are put around the local driver.
@NullMarked
package io.autostack.provisioning.cloud.local;

import org.jspecify.annotations.NullMarked;
