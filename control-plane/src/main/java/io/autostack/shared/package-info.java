/// The few words every domain shares: money, pages of a list, problems, ids.
@NullMarked
package io.autostack.shared;

import org.jspecify.annotations.NullMarked;
