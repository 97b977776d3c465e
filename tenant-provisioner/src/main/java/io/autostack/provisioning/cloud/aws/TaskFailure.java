package io.autostack.provisioning.cloud.aws;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;

/// Why a task did not stay, in ECS's words, and what a person can do about it.
final class TaskFailure {

    private static final int ENOUGH = 300;

    private record Cause(List<String> marks, String advice) {}

    /// The first one whose every mark is in the words.
    private static final List<Cause> CAUSES = List.of(
            new Cause(
                    List.of("ResourceInitializationError", "AccessDenied"),
                    "The execution role may not do this: allow it to read the secrets, the image and the log group."),
            new Cause(
                    List.of("ResourceInitializationError"),
                    "The task's network does not reach what it needs to start: look at routes, NAT or endpoints of its"
                            + " subnets, and its security groups."),
            new Cause(
                    List.of("CannotPullContainerError", "platform"),
                    "The image has nothing for this processor: build it for the platform that the message names."),
            new Cause(
                    List.of("CannotPullContainerError"),
                    "The image cannot be fetched: look whether it exists and whether the execution role may read it."),
            new Cause(
                    List.of("exec format error"),
                    "The image is made for another processor: build it for the one that tasks run on."),
            new Cause(List.of("OutOfMemory"), "It needs more memory than it has: choose a larger size."),
            new Cause(
                    List.of("health checks"),
                    "It runs and does not answer where it says: look at its port and health path, and at its log."),
            new Cause(List.of("Essential container"), "It ended by itself: its log says why."));

    private TaskFailure() {}

    static String words(Task stopped) {
        var said = Stream.concat(
                        Stream.of(text(stopped.stoppedReason())),
                        stopped.containers().stream().map(TaskFailure::words))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
        var bounded = said.length() <= ENOUGH ? said : said.substring(0, ENOUGH) + "…";
        return bounded.isEmpty() ? "" : "The last task ended: " + bounded + ". " + advice(said);
    }

    private static String words(Container container) {
        var exit = container.exitCode() == null ? "" : "exit code " + container.exitCode();
        return Stream.of(text(container.reason()), exit)
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
    }

    static String advice(String said) {
        return CAUSES.stream()
                .filter(cause -> cause.marks().stream().allMatch(said::contains))
                .map(Cause::advice)
                .findFirst()
                .orElse("Its log says more.");
    }

    private static String text(String maybe) {
        return maybe == null ? "" : maybe.strip().replaceAll("\\.$", "");
    }
}
