package io.autostack.provisioning.cloud.local;

import static io.autostack.provisioning.cloud.local.TenantTemplate.execute;

import io.autostack.provisioning.cloud.ExportTarget.TrialImport;
import io.autostack.provisioning.cloud.local.ScratchDatabases.Scratch;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// An export is imported while it is handed out: the same statements and the same bytes, as somebody would who
/// has nothing but the archive. What goes wrong here is what is said about the export, and never ends it.
final class Trial implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Trial.class);
    private static final int MOST = 200;
    private static final int ENOUGH_OF_A_STATEMENT = 80;

    /// For everything together, whoever slows it down: what a tenant made runs in it, and somebody may take the
    /// archive slowly.
    private static final Duration PATIENCE = Duration.ofHours(1);

    private static final String TOO_LONG = "importing it took longer than an hour";
    private static final String NO_ANSWER = "the scratch database did not answer any more";
    private static final String CANCELLED = "57014";

    private final List<String> problems = new ArrayList<>();
    private final @Nullable Scratch scratch;
    private final long begun = System.nanoTime();
    private @Nullable String why;

    private Trial(@Nullable Scratch scratch, @Nullable String why) {
        this.scratch = scratch;
        this.why = why;
    }

    static Trial none(String why) {
        return new Trial(null, why);
    }

    static Trial in(Scratch scratch) {
        return new Trial(scratch, null);
    }

    /// Each statement by itself, as `psql` does.
    void run(String statement) {
        if (scratch == null || isOver()) return;
        try {
            execute(scratch.session(), timeout());
            execute(scratch.session(), statement);
        } catch (SQLException refused) {
            note("“" + shortened(statement) + "” is refused", refused);
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
                    differences.size() <= MOST
                            ? List.copyOf(differences)
                            : List.copyOf(append(
                                    differences.subList(0, MOST),
                                    "and " + (differences.size() - MOST) + " more differences")));
        } catch (SQLException gone) {
            LOG.infof("a trial import could not be compared: %s", Refusal.words(gone));
            return new TrialImport.NotTried(NO_ANSWER);
        }
    }

    @Override
    public void close() {
        try {
            if (scratch != null) scratch.close();
        } catch (SQLException later) {
            LOG.infof("the scratch database %s is dropped later: %s", scratch.name(), Refusal.words(later));
        }
    }

    private boolean isOver() {
        if (why == null && left() <= 0) why = TOO_LONG;
        return why != null;
    }

    private long left() {
        return PATIENCE.toMillis() - Duration.ofNanos(System.nanoTime() - begun).toMillis();
    }

    private String timeout() {
        return "set statement_timeout = " + Math.max(1, left());
    }

    private void note(String what, SQLException refused) {
        var state = refused.getSQLState();
        if (CANCELLED.equals(state) && left() <= 0) why = TOO_LONG;
        else if (state == null || state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")) {
            LOG.infof("a trial import broke off: %s", Refusal.words(refused));
            why = NO_ANSWER;
        } else if (problems.size() <= MOST) problems.add(what + ": " + Refusal.words(refused));
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
            } catch (SQLException refused) {
                noteRows(refused);
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
            try {
                copy.writeToCopy(text, offset, length);
            } catch (SQLException refused) {
                noteRows(refused);
            }
        }

        /// The table is complete.
        void end() {
            if (copy == null) return;
            try {
                copy.endCopy();
                copy = null;
            } catch (SQLException refused) {
                noteRows(refused);
            }
        }

        /// Does not close what the rows go on to.
        @Override
        public void close() {
            try {
                if (copy != null && copy.isActive()) copy.cancelCopy();
            } catch (SQLException gone) {
                LOG.debug("the rows of a table were not taken back", gone);
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
