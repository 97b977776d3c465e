@NullMarked
package io.autostack.audit;

import org.jspecify.annotations.NullMarked;
