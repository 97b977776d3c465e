/// Whether keys come and go without losing what needs them.
@NullMarked
package io.autostack.local.secrets;

import org.jspecify.annotations.NullMarked;
