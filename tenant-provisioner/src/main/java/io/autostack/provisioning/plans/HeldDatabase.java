package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.cloud.DatabaseSpec;
import java.util.ArrayList;
import java.util.List;

/// A database of a tenant or of one of its apps.
///
/// @param label what steps call it: the same for every tenant, and never a name on the server
record HeldDatabase(DatabaseSpec desired, String label) {

    private static final String OWN = "tenant";

    static HeldDatabase own(Facts asked) {
        return new HeldDatabase(ChangeTenant.database(asked), OWN);
    }

    /// The tenant's own, then those of its apps.
    static List<HeldDatabase> all(Facts asked, DeployStack deployStack) {
        var all = new ArrayList<HeldDatabase>();
        all.add(own(asked));
        for (var app : Apps.asked(asked)) all.addAll(deployStack.databases(app));
        return all;
    }
}
