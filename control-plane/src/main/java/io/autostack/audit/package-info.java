/// The append-only history of changes: who did what, to which object, for which tenant.
@NullMarked
package io.autostack.audit;

import org.jspecify.annotations.NullMarked;
