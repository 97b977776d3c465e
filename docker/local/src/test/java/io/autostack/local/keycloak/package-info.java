/// A real Keycloak, asked over HTTP.
@NullMarked
package io.autostack.local.keycloak;

import org.jspecify.annotations.NullMarked;
