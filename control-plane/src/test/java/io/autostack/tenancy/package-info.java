/// Rules about tenants' names.
@NullMarked
package io.autostack.tenancy;

import org.jspecify.annotations.NullMarked;
