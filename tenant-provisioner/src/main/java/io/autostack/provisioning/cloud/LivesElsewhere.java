package io.autostack.provisioning.cloud;

/// What was asked for is on another machine, where another replica looks after it: it can neither be reached from
/// here nor be made here a second time.
public final class LivesElsewhere extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// @param where a sentence for people that names the machine
    public LivesElsewhere(String where) {
        super(where);
    }

    /// The sentence.
    public String where() {
        return String.valueOf(getMessage());
    }
}
