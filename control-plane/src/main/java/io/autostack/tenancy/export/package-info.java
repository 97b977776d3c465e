/// Everything a tenant has in its databases, as one archive to take away.
@NullMarked
package io.autostack.tenancy.export;

import org.jspecify.annotations.NullMarked;
