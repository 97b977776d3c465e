/// The whole product as its users meet it: the launcher's real processes, looked at with a real browser.
@NullMarked
package io.autostack.browser;

import org.jspecify.annotations.NullMarked;
