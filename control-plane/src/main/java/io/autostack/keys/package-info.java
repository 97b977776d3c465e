/// The installation's keys for operators: what is sealed under which, and bringing it under the newest.
@NullMarked
package io.autostack.keys;

import org.jspecify.annotations.NullMarked;
