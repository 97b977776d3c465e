/// What tests of the whole application stand on: real PostgreSQL, real Keycloak, and callers who sign in for real.
@NullMarked
package io.autostack.testing;

import org.jspecify.annotations.NullMarked;
