/// What the entries of an archive are called.
@NullMarked
package io.autostack.tenancy.export;

import org.jspecify.annotations.NullMarked;
