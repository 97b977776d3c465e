package io.autostack.provisioning.cloud;

/// What a cloud does for a tenant. Every method makes sure that something is there: it looks first, adopts what is
/// tagged as ours, builds what is missing, and may be asked any number of times.
public interface Cloud
        extends Secrets, Databases, Snapshots, Schemas, Routes, Workloads, Exports, Inventory, TaggedResources {}
