/// How a tenant ends: closed with a clock that can be stopped, then deleted for good with a certificate.
@NullMarked
package io.autostack.tenancy.closing;

import org.jspecify.annotations.NullMarked;
