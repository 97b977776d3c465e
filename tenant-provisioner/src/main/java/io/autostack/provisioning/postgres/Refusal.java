package io.autostack.provisioning.postgres;

import io.autostack.provisioning.Outcome;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;

/// What a refusal of PostgreSQL means for an operation, by its SQLSTATE: whether to ask again, or to tell a
/// person. Pure.
final class Refusal {

    static final String TOO_MANY_CONNECTIONS = "53300";
    static final Outcome FULL =
            new Outcome.NotYet("all connections are in use; it goes on when one is free", Duration.ofSeconds(2));

    static final String LOCKED = "55P03";
    private static final Outcome IN_USE =
            new Outcome.NotYet("somebody holds a lock on it; it goes on when that ends", Duration.ofSeconds(2));

    private static final int ENOUGH = 300;

    /// Connection, transaction, resources, state, operator, system and internal trouble: they pass.
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "55", "57", "58", "XX");

    /// Somebody else was faster: whoever looks again finds what is there. Credentials are set again by who asks
    /// again.
    private static final Set<String> PASSING = Set.of("23505", "42710", "42P04", "28000", "28P01");

    /// A file that the server does not have, such as a library that a role's own settings name.
    private static final String NO_SUCH_FILE = "58P01";

    private Refusal() {}

    /// Fails for good what asking again cannot change.
    ///
    /// @param what could not be done, as the beginning of a sentence
    /// @throws IllegalStateException when asking again may help
    static Outcome of(String what, SQLException refused) {
        if (TOO_MANY_CONNECTIONS.equals(refused.getSQLState())) return FULL;
        if (LOCKED.equals(refused.getSQLState())) return IN_USE;
        var tooMuch = tooMuch(refused);
        if (tooMuch.isPresent()) return new Outcome.Failed(what + ": " + tooMuch.get() + ".");
        if (passes(refused)) throw new IllegalStateException(what, refused);
        return new Outcome.Failed(what + ": " + sentence(refused) + " Put that right, then retry.");
    }

    /// Asking again cannot change it.
    static boolean isForGood(SQLException refused) {
        return tooMuch(refused).isPresent() || !passes(refused);
    }

    private static boolean passes(SQLException refused) {
        var state = refused.getSQLState();
        return state == null
                || state.length() != 5
                || PASSING.contains(state)
                || PASSING_CLASSES.contains(state.substring(0, 2)) && !state.equals(NO_SUCH_FILE);
    }

    /// What the server says, without the values that it puts into its details: they are the tenant's.
    static String sentence(SQLException refused) {
        var words = words(refused);
        return words.matches(".*[.!?…]") ? words : words + ".";
    }

    /// The same as a part of a sentence. A tenant may have written it, and as much as it likes: whoever keeps what
    /// was refused keeps this.
    static String words(SQLException refused) {
        var tooMuch = tooMuch(refused);
        if (tooMuch.isPresent()) return tooMuch.get();
        var said = refused instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
                ? postgres.getServerErrorMessage().getMessage()
                : refused.getMessage();
        return shortened(String.valueOf(said));
    }

    /// In one line, and no longer than somebody reads.
    static String shortened(String said) {
        // Its beginning first: the rest may be of any length.
        var beginning = said.substring(0, Math.min(said.length(), 2 * ENOUGH)).strip();
        var words = beginning.replaceAll("\\s*\\n\\s*", "; ");
        return words.length() > ENOUGH ? words.substring(0, ENOUGH) + "…" : words;
    }

    /// By name: the driver may have loaded the sockets by a class loader of its own.
    private static Optional<String> tooMuch(SQLException refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause())
            if (cause.getClass().getName().equals(BoundedSockets.TooMuch.class.getName()))
                return Optional.ofNullable(cause.getMessage());
        return Optional.empty();
    }
}
