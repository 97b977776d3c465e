/// An emulator of AWS for tests: moto behind a proxy that makes faults, with a real PostgreSQL for each RDS instance.
@NullMarked
package io.autostack.testing.aws;

import org.jspecify.annotations.NullMarked;
