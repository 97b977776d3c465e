package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.TransientException;
import io.autostack.provisioning.cloud.ContainerOutput;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/// Where services write, in CloudWatch Logs.
@ApplicationScoped
class LogGroups {

    private static final int DAYS = 30;

    /// Tasks whose lines are put together: those that wrote last.
    private static final int STREAMS = 3;

    /// Somebody waits for a page.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MOST_CHARACTERS = 1024 * 1024;

    private final AwsClients clients;

    @Inject
    LogGroups(AwsClients clients) {
        this.clients = clients;
    }

    /// @param ours whether how long it is kept is for us to say
    void ensure(String name, Map<String, String> tags, boolean ours) {
        AwsRefusal.call(AwsCall.CREATE_LOG_GROUP, () -> {
            try {
                clients.logs()
                        .createLogGroup(request -> request.logGroupName(name).tags(tags));
            } catch (ResourceAlreadyExistsException _) {
                return false;
            }
            return true;
        });
        if (ours)
            AwsRefusal.call(
                    AwsCall.PUT_RETENTION_POLICY,
                    () -> clients.logs()
                            .putRetentionPolicy(
                                    request -> request.logGroupName(name).retentionInDays(DAYS)));
    }

    void remove(String name) {
        AwsRefusal.call(AwsCall.DELETE_LOG_GROUP, () -> {
            try {
                clients.logs().deleteLogGroup(request -> request.logGroupName(name));
            } catch (ResourceNotFoundException _) {
                return false;
            }
            return true;
        });
    }

    /// @param lines how many of the last ones
    ContainerOutput tail(String name, int lines) {
        try {
            var streams = streams(name);
            if (streams.isEmpty()) return new ContainerOutput.None();
            return new ContainerOutput.Written(bounded(streams.stream()
                    .flatMap(stream -> AwsRefusal.call(
                            AwsCall.GET_LOG_EVENTS,
                            () -> clients
                                    .logs()
                                    .getLogEvents(request -> request.logGroupName(name)
                                            .logStreamName(stream.logStreamName())
                                            .startFromHead(false)
                                            .limit(lines)
                                            .overrideConfiguration(own -> own.apiCallTimeout(PATIENCE)))
                                    .events()
                                    .stream()))
                    .sorted(Comparator.comparing(OutputLogEvent::timestamp).reversed())
                    .limit(lines)
                    .sorted(Comparator.comparing(OutputLogEvent::timestamp))
                    .map(event -> Instant.ofEpochMilli(event.timestamp()) + " " + event.message() + "\n")
                    .collect(Collectors.joining())));
        } catch (OutcomeException | TransientException e) {
            return new ContainerOutput.NoAnswer("CloudWatch Logs does not answer, so the log cannot be read.");
        }
    }

    private List<LogStream> streams(String name) {
        return AwsRefusal.call(AwsCall.DESCRIBE_LOG_STREAMS, () -> {
            try {
                return clients.logs()
                        .describeLogStreams(request -> request.logGroupName(name)
                                .orderBy(OrderBy.LAST_EVENT_TIME)
                                .descending(true)
                                .limit(STREAMS)
                                .overrideConfiguration(own -> own.apiCallTimeout(PATIENCE)))
                        .logStreams();
            } catch (ResourceNotFoundException _) {
                return List.of();
            }
        });
    }

    private static String bounded(String text) {
        return text.length() <= MOST_CHARACTERS
                ? text
                : "… cut here\n" + text.substring(text.length() - MOST_CHARACTERS);
    }
}
