/// What operators see of looking after tenants.
@NullMarked
package io.autostack.ui.upkeep;

import org.jspecify.annotations.NullMarked;
