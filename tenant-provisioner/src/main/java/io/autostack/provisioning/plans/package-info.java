/// From the kind of an operation to its steps: data in, list out.
@NullMarked
package io.autostack.provisioning.plans;

import org.jspecify.annotations.NullMarked;
