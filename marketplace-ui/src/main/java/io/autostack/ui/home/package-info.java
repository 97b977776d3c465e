/// Where each kind of user begins.
@NullMarked
package io.autostack.ui.home;

import org.jspecify.annotations.NullMarked;
