package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;

import io.autostack.provisioning.cloud.ExportTarget.TrialImport;
import io.autostack.provisioning.postgres.ScratchDatabases.Scratch;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// An export is imported while it is handed out: the same statements and the same bytes, as somebody would who
/// has nothing but the archive. What goes wrong here is what is said about the export, and never ends it.
final class Trial implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Trial.class);
    private static final int MAX = 200;
    private static final int ENOUGH_OF_A_STATEMENT = 80;

    /// For everything together, whoever slows it down: what a tenant made runs in it, and somebody may take the
    /// archive slowly.
    static final Duration PATIENCE = Duration.ofHours(1);

    /// Others write to the disk as well: whether there is room is looked at again after so many bytes.
    private static final long BETWEEN_LOOKS = 16L * 1024 * 1024;

    private static final String NO_ANSWER = "the scratch database did not answer any more";
    private static final String CANCELLED = "57014";

    private final List<String> problems = new ArrayList<>();
    private final @Nullable Scratch scratch;
    private final Duration patience;
    private final Room room;
    private final long begun = System.nanoTime();
    private long untilCheck;
    private @Nullable String why;

    private Trial(@Nullable Scratch scratch, Duration patience, Room room, @Nullable String why) {
        this.scratch = scratch;
        this.patience = patience;
        this.room = room;
        this.why = why;
    }

    /// Looked at again and again.
    interface Room {
        /// Why nothing more may be written; empty while it may go on.
        Optional<String> obstacle() throws IOException;
    }

    static Trial none(String why) {
        return new Trial(null, PATIENCE, Optional::empty, why);
    }

    static Trial in(Scratch scratch, Duration patience, Room room) {
        return new Trial(scratch, patience, room, null);
    }

    /// Each statement by itself, as `psql` does.
    void run(String statement) {
        if (scratch == null || isOver(statement.length())) return;
        try {
            execute(scratch.session(), timeout());
            execute(scratch.session(), statement);
        } catch (SQLException e) {
            note("“" + shortened(statement) + "” is refused", e);
        }
    }

    /// @return takes the rows of a table on their way to somebody else
    Rows rows(String table, OutputStream out) {
        return new Rows(table, out);
    }

    /// @param original what came out of the database that was exported
    TrialImport end(Contents original) {
        if (scratch == null || isOver()) return new TrialImport.NotTried(why == null ? NO_ANSWER : why);
        try {
            var differences = new ArrayList<>(problems);
            differences.addAll(Contents.of(scratch.session()).allDifferencesTo(original));
            if (differences.isEmpty()) return new TrialImport.Equal();
            return new TrialImport.Different(
                    differences.size() <= MAX
                            ? List.copyOf(differences)
                            : List.copyOf(append(
                                    differences.subList(0, MAX),
                                    "and " + (differences.size() - MAX) + " more differences")));
        } catch (SQLException e) {
            LOG.infof("a trial import could not be compared: %s", Refusal.words(e));
            return new TrialImport.NotTried(NO_ANSWER);
        }
    }

    /// Before there are any rows.
    ///
    /// @param original of the database that is exported
    /// @return the first difference, or why there is no answer; empty when the structure came back
    Optional<String> structureObstacle(Structure original) {
        if (scratch == null || isOver()) return Optional.of(why == null ? NO_ANSWER : why);
        if (!problems.isEmpty()) return Optional.of(problems.getFirst());
        try {
            return Structure.of(scratch.session()).differencesTo(original).stream()
                    .findFirst();
        } catch (SQLException e) {
            LOG.infof("a trial import could not be compared: %s", Refusal.words(e));
            return Optional.of(NO_ANSWER);
        }
    }

    @Override
    public void close() {
        try {
            if (scratch != null) scratch.close();
        } catch (SQLException e) {
            LOG.infof("the scratch database %s is dropped later: %s", scratch.name(), Refusal.words(e));
        }
    }

    private boolean isOver() {
        if (why == null && left() <= 0) why = tooLong();
        return why != null;
    }

    /// @param length of what would be written
    private boolean isOver(int length) {
        if (why == null && (untilCheck -= length) < 0) {
            untilCheck = BETWEEN_LOOKS;
            try {
                why = room.obstacle().orElse(null);
            } catch (IOException e) {
                LOG.info("nobody says how much room there is for a trial import", e);
                why = NO_ANSWER;
            }
            if (why != null) close();
        }
        return isOver();
    }

    private String tooLong() {
        return "importing it took longer than " + patience.toMinutes() + " minutes";
    }

    private long left() {
        return patience.toMillis() - Duration.ofNanos(System.nanoTime() - begun).toMillis();
    }

    private String timeout() {
        return "set statement_timeout = " + Math.max(1, left());
    }

    private void note(String what, SQLException refused) {
        var state = refused.getSQLState();
        if (CANCELLED.equals(state) && left() <= 0) why = tooLong();
        else if (state == null || state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")) {
            LOG.infof("a trial import broke off: %s", Refusal.words(refused));
            why = NO_ANSWER;
        } else if (problems.size() <= MAX) problems.add(what + ": " + Refusal.words(refused));
    }

    private static String shortened(String statement) {
        var line = statement.strip().lines().findFirst().orElse("");
        return line.length() <= ENOUGH_OF_A_STATEMENT ? line : line.substring(0, ENOUGH_OF_A_STATEMENT) + "…";
    }

    private static List<String> append(List<String> some, String last) {
        var all = new ArrayList<>(some);
        all.add(last);
        return all;
    }

    /// Rows go on to whoever takes the export, whatever becomes of them here.
    final class Rows extends FilterOutputStream {

        private final String table;
        private @Nullable CopyIn copy;

        private Rows(String table, OutputStream out) {
            super(out);
            this.table = table;
            if (scratch == null || isOver()) return;
            try {
                execute(scratch.session(), timeout());
                copy = scratch.session()
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + table + " from stdin (format csv, header)");
            } catch (SQLException e) {
                noteRows(e);
            }
        }

        @Override
        public void write(int letter) throws IOException {
            write(new byte[] {(byte) letter}, 0, 1);
        }

        @Override
        public void write(byte[] text, int offset, int length) throws IOException {
            out.write(text, offset, length);
            if (copy == null) return;
            if (isOver(length)) {
                close();
                return;
            }
            try {
                copy.writeToCopy(text, offset, length);
            } catch (SQLException e) {
                noteRows(e);
            }
        }

        /// The table is complete.
        void end() {
            if (copy == null) return;
            try {
                copy.endCopy();
                copy = null;
            } catch (SQLException e) {
                noteRows(e);
            }
        }

        /// Does not close what the rows go on to.
        @Override
        public void close() {
            try {
                if (copy != null && copy.isActive()) copy.cancelCopy();
            } catch (SQLException e) {
                LOG.debug("the rows of a table were not taken back", e);
            } finally {
                copy = null;
            }
        }

        private void noteRows(SQLException refused) {
            note("rows of " + table + " are refused", refused);
            close();
        }
    }
}
