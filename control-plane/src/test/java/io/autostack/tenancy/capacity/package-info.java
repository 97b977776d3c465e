@NullMarked
package io.autostack.tenancy.capacity;

import org.jspecify.annotations.NullMarked;
