/// Pages from the catalogue of templates to a running deployment.
@NullMarked
package io.autostack.ui.marketplace;

import org.jspecify.annotations.NullMarked;
