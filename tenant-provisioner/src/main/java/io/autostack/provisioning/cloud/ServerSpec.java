package io.autostack.provisioning.cloud;

/// A database server of one tenant, in the terms in which a managed service offers it. What is built, what is priced
/// and what is billed read the same one.
///
/// @param engineVersion of PostgreSQL; a major version alone takes whichever minor one the service has
/// @param instanceClass as `db.t4g.small`
/// @param multiAz whether a second instance in another zone takes over; instance and storage are then paid twice
/// @param storageGb of a gp3 disk, 20 at least
/// @param backupRetentionDays how far back it can be brought, 1 to 35 days
/// @param deletionProtected whether it has to be unlocked before it can be removed
public record ServerSpec(
        String engineVersion,
        String instanceClass,
        boolean multiAz,
        int storageGb,
        int backupRetentionDays,
        boolean deletionProtected) {

    private static final String NEWEST = "17";

    /// The smallest class in one zone, for a proof of concept (infrastructure model §2).
    public static final ServerSpec POC = new ServerSpec(NEWEST, "db.t4g.micro", false, 20, 1, false);

    /// The smallest class for production, in two zones (infrastructure model §2).
    public static final ServerSpec PRODUCTION = new ServerSpec(NEWEST, "db.t4g.small", true, 20, 7, true);

    /// The one of an environment.
    public static ServerSpec of(boolean production) {
        return production ? PRODUCTION : POC;
    }
}
