/// Pages and lists that join several domains, read only. Nobody uses portal.
@NullMarked
package io.autostack.portal;

import org.jspecify.annotations.NullMarked;
