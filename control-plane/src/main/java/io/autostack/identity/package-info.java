/// Who is calling, what they may do, who belongs to a tenant, and API tokens.
@NullMarked
package io.autostack.identity;

import org.jspecify.annotations.NullMarked;
