/// What can be known about a plugin jar without loading any of it: the same rules for author, runner and host.
@NullMarked
package io.autostack.plugin.jar;

import org.jspecify.annotations.NullMarked;
