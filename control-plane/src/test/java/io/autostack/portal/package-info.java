/// What pages take from the database.
@NullMarked
package io.autostack.portal;

import org.jspecify.annotations.NullMarked;
