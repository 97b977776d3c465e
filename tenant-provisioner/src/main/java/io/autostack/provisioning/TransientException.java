package io.autostack.provisioning;

/// Trouble that passes by itself, in words for the person who reads them when it did not.
public final class TransientException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// @param sentence what did not answer and how, with a full stop
    public TransientException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
