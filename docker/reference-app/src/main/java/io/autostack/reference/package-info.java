/// A guest book for many tenants: one process, a database for each, found by the name in the address.
@NullMarked
package io.autostack.reference;

import org.jspecify.annotations.NullMarked;
