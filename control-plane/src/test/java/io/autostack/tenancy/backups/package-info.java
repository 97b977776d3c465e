/// How long backups are kept, and when they are taken without anybody asking.
@NullMarked
package io.autostack.tenancy.backups;

import org.jspecify.annotations.NullMarked;
