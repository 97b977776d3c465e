/// Real servers, real crashes.
@NullMarked
package io.autostack.local.postgres;

import org.jspecify.annotations.NullMarked;
