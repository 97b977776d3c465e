package io.autostack.provisioning.cloud.local;

import java.util.Optional;

/// Who signs in to a database.
///
/// @param role whose rights it uses from its first statement on; empty for its own
record Login(String user, String password, Optional<String> role) {

    Login(String user, String password) {
        this(user, password, Optional.empty());
    }

    Login as(String other) {
        return new Login(user, password, Optional.of(other));
    }

    @Override
    public String toString() {
        return user;
    }
}
