/// Domains that tenants bring along: claimed by anybody, led to the tenant that proves to have one.
@NullMarked
package io.autostack.tenancy.domains;

import org.jspecify.annotations.NullMarked;
