/// Durable work on its way: the steps, their evidence and what can be done about them.
@NullMarked
package io.autostack.ui.operations;

import org.jspecify.annotations.NullMarked;
