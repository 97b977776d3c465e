/// What tenants owe for a month, as facts that exporters write down.
@NullMarked
package io.autostack.billing;

import org.jspecify.annotations.NullMarked;
