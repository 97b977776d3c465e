/// What one machine cannot do for another.
@NullMarked
package io.autostack.provisioning.cloud.local;

import org.jspecify.annotations.NullMarked;
