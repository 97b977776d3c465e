/// Tenants, the plan they are on, their apps, and how they sign up.
@NullMarked
package io.autostack.tenancy;

import org.jspecify.annotations.NullMarked;
