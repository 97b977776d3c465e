/// Templates, plans and deployments.
@NullMarked
package io.autostack.marketplace;

import org.jspecify.annotations.NullMarked;
