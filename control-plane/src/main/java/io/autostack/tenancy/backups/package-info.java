/// Backups of tenants: taking, keeping, restoring, trying out and removing them.
@NullMarked
package io.autostack.tenancy.backups;

import org.jspecify.annotations.NullMarked;
