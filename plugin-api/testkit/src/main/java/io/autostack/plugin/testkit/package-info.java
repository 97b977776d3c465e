/// For authors of templates: the platform's own questions and checks, as assertions.
@NullMarked
package io.autostack.plugin.testkit;

import org.jspecify.annotations.NullMarked;
