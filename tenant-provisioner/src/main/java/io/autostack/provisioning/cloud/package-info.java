/// The cloud port, in words of our domain: what a step wants to be there, whoever provides it.
@NullMarked
package io.autostack.provisioning.cloud;

import org.jspecify.annotations.NullMarked;
