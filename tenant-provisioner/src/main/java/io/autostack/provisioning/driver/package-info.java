/// Which cloud it is: the drivers that there are, and the one that this installation was told to use.
@NullMarked
package io.autostack.provisioning.driver;

import org.jspecify.annotations.NullMarked;
