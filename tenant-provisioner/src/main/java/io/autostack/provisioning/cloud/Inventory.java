package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.util.List;
import java.util.UUID;

/// What is really there, and how much more there is room for.
public interface Inventory {

    /// Everything that carries a tenant's tag or a name of ours: always the same few questions, whatever they find.
    List<ObservedResource> inventory();

    /// Which home this replica has: what is found elsewhere carries another one, and cannot be looked at from here.
    UUID home();

    /// Whether a tenant's credentials open its database.
    SignIn signIn(DatabaseSpec desired);

    /// Takes away exactly this thing, if it still carries the tag that it was found with.
    Outcome removeResource(ObservedResource orphan);

    /// What limits the number of tenants here.
    List<Quota> quotas();
}
