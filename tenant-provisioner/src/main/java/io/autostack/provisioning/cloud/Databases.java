package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.util.Optional;
import java.util.OptionalLong;

/// Databases with an owner role each.
public interface Databases {

    /// A database with an owner role of its own, whose password is the one in the secret.
    Outcome ensureDatabase(DatabaseSpec desired);

    /// That the owner role can sign in and work in its database, and nobody else can.
    Outcome checkDatabase(DatabaseSpec desired);

    /// The database has this size.
    Outcome sizeDatabase(DatabaseSpec desired, Sizing sizing);

    /// The database takes no connections and ends those it has; its data stay untouched.
    Outcome closeDatabase(DatabaseSpec desired);

    /// A server that only this closed database is on is stopped, where that saves anything. Whatever needs it starts it
    /// again; who only looks does not.
    Outcome restServer(DatabaseSpec desired);

    /// The database takes connections again.
    Outcome openDatabase(DatabaseSpec desired);

    /// The database that is there has its owner role, privileges and tag again, and takes connections. One that is gone
    /// is not made anew: its data would be missing.
    Outcome repairDatabase(DatabaseSpec desired);

    /// Everything inside the database belongs to its owner role again.
    Outcome repairContents(DatabaseSpec desired);

    /// No database and no role of it any more, and no server that holds nothing else. What carries another tenant's
    /// tag is left alone, and the evidence says so under `Outcome.LEFT_ALONE`; the same holds for all removals.
    Outcome removeDatabase(DatabaseSpec desired);

    /// The name that the next credentials sign in with, while the current ones go on working.
    String spareLogin(DatabaseSpec desired);

    /// The credentials of this stage sign in, with all the rights of the owner role.
    Outcome openLogin(DatabaseSpec desired, SecretStage stage);

    /// That the credentials of this stage work.
    Outcome checkLogin(DatabaseSpec desired, SecretStage stage);

    /// The credentials of this stage sign in no more; sessions that are open stay.
    Outcome closeLogin(DatabaseSpec desired, SecretStage stage);

    /// No session of the credentials of this stage any more.
    ///
    /// @param now ends them; otherwise they are waited for
    Outcome endSessions(DatabaseSpec desired, SecretStage stage, boolean now);

    /// The server that the database goes to runs.
    Outcome ensureServer(DatabaseSpec desired);

    /// Where its server listens now; empty when there is no such server.
    Optional<Address> findAddress(DatabaseSpec desired);

    /// Bytes that it takes on its server's disk; empty when there is no such database of this tenant.
    OptionalLong findSize(DatabaseSpec desired);

    /// Why a database cannot be placed so here, in words for the person who asked; empty when it can.
    Optional<String> findObstacleTo(Placement placement);
}
