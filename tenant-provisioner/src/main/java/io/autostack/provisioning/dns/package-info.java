/// Questions to the domain name system.
@NullMarked
package io.autostack.provisioning.dns;

import org.jspecify.annotations.NullMarked;
