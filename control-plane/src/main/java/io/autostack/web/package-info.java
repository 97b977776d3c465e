/// What every request goes through: security headers, cross-site protection, idempotency, problems, navigation.
@NullMarked
package io.autostack.web;

import org.jspecify.annotations.NullMarked;
