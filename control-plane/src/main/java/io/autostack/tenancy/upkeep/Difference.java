package io.autostack.tenancy.upkeep;

import io.autostack.provisioning.plans.RepairTenant.Part;
import java.util.Optional;

/// A point in which a tenant differs from what it should be.
///
/// @param what names the point; a tenant has each at most once
/// @param repair the part of a repair that mends it without losing anything; empty when only a person can
/// @param advice what a person does about it; empty when it repairs itself
record Difference(String what, String wanted, String found, Optional<Part> repair, String advice) {

    static Difference repairable(String what, String desired, String found, Part part) {
        return new Difference(what, desired, found, Optional.of(part), "");
    }

    static Difference forPerson(String what, String desired, String found, String advice) {
        return new Difference(what, desired, found, Optional.empty(), advice);
    }
}
