@NullMarked
package io.autostack.tenancy.upkeep;

import org.jspecify.annotations.NullMarked;
