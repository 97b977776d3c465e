package io.autostack.provisioning.postgres;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;

/// What Flyway complains about, in a sentence, and whether asking again may help. Pure.
final class SchemaProblems {

    static final String TABLE_IN_USE = Refusal.LOCKED;
    private static final Set<String> OUTAGES = Set.of("08", "53", "57", "58");

    private SchemaProblems() {}

    /// The server did not answer, was full or was stopped.
    static boolean isOutage(FlywayException problem) {
        return state(problem)
                .filter(state -> OUTAGES.contains(state.substring(0, 2)))
                .isPresent();
    }

    /// Somebody else holds what the migration needs: a table, or the right to migrate this database.
    static boolean isBusy(FlywayException problem) {
        return state(problem).filter(TABLE_IN_USE::equals).isPresent()
                || String.valueOf(problem.getMessage()).contains("advisory lock");
    }

    /// Without the values that PostgreSQL puts into its details: they are the tenant's.
    static String sentence(FlywayException problem) {
        var words = sql(problem)
                .map(Refusal::words)
                .or(() -> Optional.ofNullable(problem.getMessage()).map(Refusal::shortened))
                .orElse("no reason given");
        return words.matches(".*[.!?…]") ? words : words + ".";
    }

    private static Optional<String> state(FlywayException problem) {
        return sql(problem).map(SQLException::getSQLState).filter(state -> state.length() == 5);
    }

    private static Optional<SQLException> sql(FlywayException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException refused) return Optional.of(refused);
        return Optional.empty();
    }
}
