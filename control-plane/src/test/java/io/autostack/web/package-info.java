/// The edge: who may stay connected, and what every answer carries.
@NullMarked
package io.autostack.web;

import org.jspecify.annotations.NullMarked;
