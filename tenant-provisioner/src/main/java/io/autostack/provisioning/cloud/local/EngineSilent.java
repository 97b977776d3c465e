package io.autostack.provisioning.cloud.local;

/// The Docker engine did not answer in time, or has no room for one more question.
final class EngineSilent extends RuntimeException {

    EngineSilent(String words) {
        super(words);
    }

    EngineSilent(String words, Throwable cause) {
        super(words, cause);
    }
}
