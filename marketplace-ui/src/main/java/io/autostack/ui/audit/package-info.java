/// The append-only history of who changed what.
@NullMarked
package io.autostack.ui.audit;

import org.jspecify.annotations.NullMarked;
