/// The schema of all tenants' databases, and how a new version is rolled out.
@NullMarked
package io.autostack.ui.fleet;

import org.jspecify.annotations.NullMarked;
