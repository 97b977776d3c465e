package io.autostack.testing.aws;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the data plane adds to answers about RDS: real addresses, and the time that things take.
final class RdsAnswers {

    private static final int OK = 200;
    private static final Pattern INSTANCE = Pattern.compile("<DBInstance>.*?</DBInstance>", Pattern.DOTALL);
    private static final Pattern IDENTIFIER = Pattern.compile("<DBInstanceIdentifier>([^<]+)</DBInstanceIdentifier>");
    private static final Pattern ENDPOINT = Pattern.compile("<Endpoint>.*?</Endpoint>", Pattern.DOTALL);
    private static final Pattern STATUS = Pattern.compile("<DBInstanceStatus>available</DBInstanceStatus>");

    private final RdsDataPlane data;
    private final Map<String, Integer> creating = new ConcurrentHashMap<>();

    /// How many times a new instance says that it is being created.
    private volatile int slowness = 1;

    RdsAnswers(RdsDataPlane data) {
        this.data = data;
    }

    /// Does what the call means, if it succeeded.
    ///
    /// @return the answer with what the data plane knows
    synchronized String after(String call, Map<String, String> given, HttpResponse<String> answer) {
        if (answer.statusCode() != OK) return answer.body();
        var identifier = given.getOrDefault("DBInstanceIdentifier", "");
        var snapshot = given.getOrDefault("DBSnapshotIdentifier", "");
        switch (call) {
            case "CreateDBInstance" -> {
                creating.put(identifier, slowness);
                data.create(
                        identifier,
                        given.getOrDefault("MasterUsername", ""),
                        given.getOrDefault("MasterUserPassword", ""));
            }
            case "RestoreDBInstanceFromDBSnapshot" -> {
                creating.put(identifier, slowness);
                data.restore(identifier, snapshot);
            }
            case "ModifyDBInstance" -> {
                if (given.containsKey("MasterUserPassword"))
                    data.password(identifier, "autostack_admin", given.getOrDefault("MasterUserPassword", ""));
            }
            case "CreateDBSnapshot" -> data.snapshot(snapshot, identifier);
            case "DeleteDBInstance" -> data.delete(identifier);
            default -> {}
        }
        return INSTANCE.matcher(answer.body())
                .replaceAll(found -> Matcher.quoteReplacement(instance(call, found.group())));
    }

    private String instance(String call, String described) {
        var identifier = IDENTIFIER.matcher(described);
        if (!identifier.find()) return described;
        var name = identifier.group(1);
        var server = data.find(name);
        if (server.isEmpty()) return described;
        int left = creating.getOrDefault(name, 0);
        if (left > 0) {
            if (call.equals("DescribeDBInstances")) creating.put(name, left - 1);
            return STATUS.matcher(ENDPOINT.matcher(described).replaceAll(""))
                    .replaceAll("<DBInstanceStatus>creating</DBInstanceStatus>");
        }
        return ENDPOINT.matcher(described)
                .replaceAll("<Endpoint><Address>127.0.0.1</Address><Port>"
                        + server.get().port() + "</Port></Endpoint>");
    }
}
