package io.autostack.provisioning.cloud;

/// What a container wrote lately to its standard output and error.
public sealed interface ContainerOutput {

    /// Oldest line first, each line with its moment; a bounded part of it.
    record Written(String text) implements ContainerOutput {}

    /// The tenant has no such container, also when it is simulated.
    record None() implements ContainerOutput {}

    /// Nobody can say now.
    ///
    /// @param sentence what a person should know about it
    record NoAnswer(String sentence) implements ContainerOutput {}
}
