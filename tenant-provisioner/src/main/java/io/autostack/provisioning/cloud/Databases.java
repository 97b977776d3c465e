package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.util.Optional;

/// Databases with an owner role each.
public interface Databases {

    /// A database with an owner role of its own, whose password is the one in the secret.
    Outcome ensureDatabase(DatabaseWanted wanted);

    /// That the owner role can sign in and work in its database, and nobody else can.
    Outcome checkDatabase(DatabaseWanted wanted);

    /// The database has this size.
    Outcome sizeDatabase(DatabaseWanted wanted, Sizing sizing);

    /// The database takes no connections and ends those it has; its data stay untouched.
    Outcome closeDatabase(DatabaseWanted wanted);

    /// The database takes connections again.
    Outcome openDatabase(DatabaseWanted wanted);

    /// No database and no role of it any more, and no server that holds nothing else. What carries another tenant's
    /// tag is left alone.
    Outcome removeDatabase(DatabaseWanted wanted);

    /// The server that the database goes to runs.
    Outcome ensureServer(DatabaseWanted wanted);

    /// Where its server listens now; empty when there is no such server.
    Optional<Address> findAddress(DatabaseWanted wanted);

    /// Why a database cannot be placed so here, in words for the person who asked; empty when it can.
    Optional<String> findObstacleTo(Placement placement);
}
