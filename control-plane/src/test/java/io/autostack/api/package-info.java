/// What callers of the API can rely on, tried against the whole application.
@NullMarked
package io.autostack.api;

import org.jspecify.annotations.NullMarked;
