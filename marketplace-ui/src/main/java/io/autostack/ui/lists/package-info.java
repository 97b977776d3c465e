/// How every long list is searched, narrowed, ordered and turned over.
@NullMarked
package io.autostack.ui.lists;

import org.jspecify.annotations.NullMarked;
