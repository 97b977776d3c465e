/// New credentials for a tenant's database: asking for them, and noting that they are handed out.
@NullMarked
package io.autostack.tenancy.credentials;

import org.jspecify.annotations.NullMarked;
