/// Which names a domain may have.
@NullMarked
package io.autostack.tenancy.domains;

import org.jspecify.annotations.NullMarked;
