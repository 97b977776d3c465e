package io.autostack.provisioning.postgres;

import java.util.Optional;

/// Who signs in to a database.
///
/// @param role whose rights it uses from its first statement on; empty for its own
public record Login(String user, String password, Optional<String> role) {

    /// With its own rights.
    public Login(String user, String password) {
        this(user, password, Optional.empty());
    }

    /// The same who uses the rights of another role.
    public Login as(String other) {
        return new Login(user, password, Optional.of(other));
    }

    @Override
    public String toString() {
        return user;
    }
}
