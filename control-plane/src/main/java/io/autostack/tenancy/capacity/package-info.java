/// Whether there is room for one more tenant, said before anything is begun, with the numbers.
@NullMarked
package io.autostack.tenancy.capacity;

import org.jspecify.annotations.NullMarked;
