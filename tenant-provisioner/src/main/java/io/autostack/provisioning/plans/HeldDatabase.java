package io.autostack.provisioning.plans;

import io.autostack.provisioning.cloud.DatabaseSpec;
import java.util.ArrayList;
import java.util.List;

/// A database of a tenant or of one of its apps.
///
/// @param label what steps call it: the same for every tenant, and never a name on the server
record HeldDatabase(DatabaseSpec desired, String label) {

    private static final String OWN = "tenant";

    static HeldDatabase own(Subject subject) {
        return new HeldDatabase(subject.databaseSpec(), OWN);
    }

    /// The tenant's own, then those of its apps.
    static List<HeldDatabase> all(Subject subject, List<DeployStack.App> apps) {
        var all = new ArrayList<HeldDatabase>();
        all.add(own(subject));
        for (var app : apps) all.addAll(DeployStack.databases(subject, app));
        return all;
    }
}
