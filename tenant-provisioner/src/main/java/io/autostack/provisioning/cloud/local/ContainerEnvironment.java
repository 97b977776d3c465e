package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.cloud.ContainerSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// The variables that a container is made with: its own, the port it listens on, members of secrets, and addresses of
/// databases, which are reached through the server's socket. Pure.
///
/// @param databasePort of the server, which the name of the socket has
record ContainerEnvironment(int databasePort) {

    /// @param secrets what is in a secret, by its name
    /// @return `NAME=value`, in the order of the names
    List<String> of(ContainerSpec container, Function<String, Map<String, String>> secrets) {
        var environment = new TreeMap<String, String>();
        if (container.port() > 0) environment.put("PORT", Integer.toString(container.port()));
        environment.put("HOSTNAME", "0.0.0.0");
        environment.putAll(container.environment());
        container
                .secrets()
                .forEach((variable, from) ->
                        environment.put(variable, secrets.apply(from.secret()).getOrDefault(from.member(), "")));
        container.databases().forEach((variable, database) -> {
            var credentials = secrets.apply(database.secret());
            environment.put(
                    variable,
                    "postgresql://" + credentials.get("username") + ":" + credentials.get("password") + "@localhost:"
                            + databasePort + "/" + database.name() + "?host=" + ContainerShape.SOCKET_INSIDE);
        });
        return environment.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }
}
