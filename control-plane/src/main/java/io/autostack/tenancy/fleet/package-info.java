/// The schema of all tenants' databases: which versions there are, who is on which, and how a new one is rolled out.
@NullMarked
package io.autostack.tenancy.fleet;

import org.jspecify.annotations.NullMarked;
