package io.autostack.local;

import io.autostack.local.process.StartFailed;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;

/// Looks after one part for as long as its thread is not interrupted: when it dies it is started again,
/// after longer and longer pauses when it keeps dying.
final class Kept implements Runnable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Part part;
    private final Pauses pauses;
    private final Note note;
    private final Consumer<String> say;
    private long startedAt = System.nanoTime();
    private boolean ready = true;
    private int deaths;

    Kept(Part part, Pauses pauses, Note note, Consumer<String> say) {
        this.part = part;
        this.pauses = pauses;
        this.note = note;
        this.say = say;
    }

    @Override
    public void run() {
        note.clear();
        try {
            while (alive() || startAgain()) Pauses.sleep(LOOK_EVERY);
        } catch (StartFailed _) {
            note.clear();
        }
    }

    private boolean alive() {
        try {
            return part.alive().getAsBoolean();
        } catch (UncheckedIOException unreadable) {
            // Nobody knows; it is looked at again in a moment.
            return true;
        }
    }

    /// False when nobody tries any more.
    private boolean startAgain() {
        if (ready && System.nanoTime() - startedAt > pauses.healthyAfter().toNanos()) deaths = 0;
        if (++deaths > pauses.tries()) {
            giveUp();
            return false;
        }
        var pause = pauses.before(deaths);
        tell(
                part.name() + " ended unexpectedly; it is started again in " + pause.toSeconds() + " s. Its log: "
                        + part.log(),
                "died, is started again");
        Pauses.sleep(pause);
        startedAt = System.nanoTime();
        ready = false;
        try {
            part.start().run();
            ready = true;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) throw new StartFailed("interrupted", e);
            say.accept(part.name() + " did not come back: " + e.getMessage());
            return true;
        }
        note.clear();
        say.accept(part.name() + " is ready again, " + Stages.seconds(System.nanoTime() - startedAt)
                + " s after it was started.");
        return true;
    }

    private void giveUp() {
        tell(
                part.name() + " died " + deaths + " times in a row and is not started again. " + part.log()
                        + " says why; when that is mended: ./autostack stop, then ./autostack run",
                "given up after " + pauses.tries() + " tries, see its log");
    }

    private void tell(String sentence, String shortly) {
        note.write(shortly);
        say.accept(sentence);
    }
}
