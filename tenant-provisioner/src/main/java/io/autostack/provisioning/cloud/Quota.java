package io.autostack.provisioning.cloud;

/// Something that runs out as tenants are added.
///
/// @param name stable word for programs
/// @param title what a person reads
/// @param unit `bytes`, or what is counted
/// @param perTenant what one more tenant takes; for `CONNECTIONS` its plan says so
/// @param hard whether nothing can be built without it; otherwise it is a warning
public record Quota(String name, String title, String unit, long used, long limit, long perTenant, boolean hard) {

    public static final String CONNECTIONS = "connections";
    public static final String DISK = "disk";

    /// Never below zero.
    public long free() {
        return Math.max(0, limit - used);
    }
}
