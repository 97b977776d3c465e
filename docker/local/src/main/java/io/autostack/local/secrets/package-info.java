/// What only this user may read: generated once, kept in files of mode 0600.
@NullMarked
package io.autostack.local.secrets;

import org.jspecify.annotations.NullMarked;
