/// Tests of metering; `PlatformDatabase` is the control plane's real database for tests of plain SQL.
@NullMarked
package io.autostack.metering;

import org.jspecify.annotations.NullMarked;
