/// How a tenant ends, as its tables say.
@NullMarked
package io.autostack.tenancy.closing;

import org.jspecify.annotations.NullMarked;
