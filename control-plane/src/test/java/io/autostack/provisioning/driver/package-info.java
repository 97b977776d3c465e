/// Where faults are put around the driver.
@NullMarked
package io.autostack.provisioning.driver;

import org.jspecify.annotations.NullMarked;
