/// What authors have published and where each release stands.
@NullMarked
package io.autostack.ui.authors;

import org.jspecify.annotations.NullMarked;
