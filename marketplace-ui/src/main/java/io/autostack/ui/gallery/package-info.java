/// Every page in every state with sample data: for looking at, for screenshots and for tests.
@NullMarked
package io.autostack.ui.gallery;

import org.jspecify.annotations.NullMarked;
