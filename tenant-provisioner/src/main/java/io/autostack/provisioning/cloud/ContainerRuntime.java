package io.autostack.provisioning.cloud;

/// Whether containers run here for real, as far as is known.
///
/// @param real false when containers are simulated
/// @param answers whether whoever runs them answered when it was asked last
/// @param sentence what a person should know about it
public record ContainerRuntime(boolean real, boolean answers, String sentence) {

    /// Nothing that could run one is there.
    public static ContainerRuntime simulated() {
        return new ContainerRuntime(
                false,
                false,
                "No Docker engine answers on this machine: containers are simulated, databases and secrets are real.");
    }

    /// Whether people should read the sentence before they rely on containers.
    public boolean isNoteworthy() {
        return !real || !answers;
    }
}
