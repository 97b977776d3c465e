package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.util.List;
import java.util.UUID;

/// What is a tenant's, found by its tag alone, whoever made it and whatever it is called.
public interface TaggedResources {

    /// Everything that is there, of any kind; empty when nothing is left.
    List<TaggedResource> findTaggedResources(UUID tenant);

    /// Nothing of this kind any more. There is no way back.
    Outcome removeTaggedResources(UUID tenant, TaggedResource.Kind kind);
}
