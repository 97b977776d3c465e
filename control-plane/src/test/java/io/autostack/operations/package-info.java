/// What a ledger says beside its steps.
@NullMarked
package io.autostack.operations;

import org.jspecify.annotations.NullMarked;
