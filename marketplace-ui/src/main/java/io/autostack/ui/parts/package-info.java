/// Small values which many pages show, and how they are written for people.
@NullMarked
package io.autostack.ui.parts;

import org.jspecify.annotations.NullMarked;
