/// Looking after tenants: compares what should be there with what is, has repaired what is safe, and finds what nobody
/// owns.
@NullMarked
package io.autostack.tenancy.upkeep;

import org.jspecify.annotations.NullMarked;
