/// Tests of what keeps people signed in.
@NullMarked
package io.autostack.identity;

import org.jspecify.annotations.NullMarked;
