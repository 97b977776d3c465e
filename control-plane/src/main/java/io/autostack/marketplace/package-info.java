/// Templates on offer, the priced plan of a deployment, and what tenants deployed.
@NullMarked
package io.autostack.marketplace;

import org.jspecify.annotations.NullMarked;
