package io.autostack.provisioning.cloud;

/// What came of signing in with a tenant's credentials.
public sealed interface SignIn {

    /// The credentials open the database.
    ///
    /// @param baseline whether the tables that every tenant begins with are there
    /// @param allowed whether the role may read all of them
    record Works(boolean baseline, boolean allowed) implements SignIn {}

    /// The server knows no such role, password or right.
    record Refused() implements SignIn {}

    /// Nothing was learned: no answer, a full or closed database, or no secret.
    record NoAnswer() implements SignIn {}
}
