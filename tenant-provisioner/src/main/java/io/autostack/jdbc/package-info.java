/// Statements over JDBC, each written as one call.
@NullMarked
package io.autostack.jdbc;

import org.jspecify.annotations.NullMarked;
