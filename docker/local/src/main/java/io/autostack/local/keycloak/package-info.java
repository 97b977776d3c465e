/// Runs Keycloak as the identity provider of this machine, with the realm and the sign-ins to try.
@NullMarked
package io.autostack.local.keycloak;

import org.jspecify.annotations.NullMarked;
