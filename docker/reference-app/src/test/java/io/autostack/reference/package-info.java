/// Real databases; only the control plane's three calls are answered by a small server here.
@NullMarked
package io.autostack.reference;

import org.jspecify.annotations.NullMarked;
