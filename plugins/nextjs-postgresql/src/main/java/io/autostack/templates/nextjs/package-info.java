/// The template "Next.js + PostgreSQL": one web container and a database of its own.
@NullMarked
package io.autostack.templates.nextjs;

import org.jspecify.annotations.NullMarked;
