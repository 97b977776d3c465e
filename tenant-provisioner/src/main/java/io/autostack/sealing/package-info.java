/// Sealing what lies about at rest, with keys made from the installation's key file. Nothing else encrypts.
@NullMarked
package io.autostack.sealing;

import org.jspecify.annotations.NullMarked;
