package io.autostack.provisioning.postgres;

/// No database can be made with the tenants' schema until an operator has mended its files. The message says which and
/// why, for people.
final class UnfitSchema extends RuntimeException {

    UnfitSchema(String reason) {
        super(reason);
    }

    UnfitSchema(String reason, Throwable cause) {
        super(reason, cause);
    }
}
