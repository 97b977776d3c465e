/// Operations for people and programs: pages, API and live streams over the provisioner's ledger.
@NullMarked
package io.autostack.operations;

import org.jspecify.annotations.NullMarked;
