/// The few words every domain shares: money, pages of a list, problems, ids, and the scope a database connection sees.
@NullMarked
package io.autostack.shared;

import org.jspecify.annotations.NullMarked;
