package io.autostack.local.postgres;

/// How much a server is made for.
///
/// @param connections at once
/// @param sharedBuffersMb memory that all its sessions share
public record Load(int connections, int sharedBuffersMb) {

    /// The one server of an installation.
    public static final Load USUAL = new Load(300, 128);

    /// One of many on a machine.
    public static final Load SMALL = new Load(100, 16);
}
