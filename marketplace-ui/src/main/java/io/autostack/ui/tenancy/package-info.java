/// Pages about tenants: the list, onboarding, and one tenant with everything it has.
@NullMarked
package io.autostack.ui.tenancy;

import org.jspecify.annotations.NullMarked;
