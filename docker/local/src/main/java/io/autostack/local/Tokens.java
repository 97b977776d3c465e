package io.autostack.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// `token`: API tokens for scripts, made, listed and revoked through the HTTP API.
@Command(name = "token", description = "API tokens for scripts.", synopsisSubcommandLabel = "create|ls|revoke")
final class Tokens {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");
    private static final List<String> COLUMNS = List.of("id", "name", "role", "tenant", "expiresAt", "lastUsedAt");

    private final ControlPlane controlPlane;
    private final Consumer<String> say;

    Tokens(ControlPlane controlPlane, Consumer<String> say) {
        this.controlPlane = controlPlane;
        this.say = say;
    }

    @Command(name = "create", description = "Prints a new token once.", sortOptions = false)
    int create(
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "What it is for.")
                    String name,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "operator, finance, author or sales.")
                    String role,
            @Option(names = "--tenant", paramLabel = "SLUG", description = "For one tenant only.") @Nullable
                    String tenant,
            @Option(
                            names = "--expires",
                            paramLabel = "TIME",
                            defaultValue = "90d",
                            description = "After how long (usually 90d).")
                    String expires) {
        var wish = new LinkedHashMap<String, String>();
        wish.put("name", name);
        wish.put("role", role);
        if (tenant != null) wish.put("tenant", tenant);
        wish.put("expires", expires);
        var made = controlPlane.json(controlPlane.send(controlPlane
                .request("/tokens")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(wish)))
                .build()));
        // Alone on its line, so that a script can take it: TOKEN=$(./autostack token create ...)
        say.accept(made.path("token").asText());
        System.err.println("Token " + made.path("id").asText() + " is shown this once only.");
        return CommandLine.ExitCode.OK;
    }

    @Command(name = "ls", description = "All tokens.")
    int list() {
        var answer = controlPlane.json(
                controlPlane.send(controlPlane.request("/tokens").build()));
        say.accept(row(COLUMNS));
        for (var token : items(answer))
            say.accept(row(
                    COLUMNS.stream().map(name -> token.path(name).asText("-")).toList()));
        return CommandLine.ExitCode.OK;
    }

    @Command(name = "revoke", description = "Ends a token.")
    int revoke(
            @Parameters(paramLabel = "ID", converter = Id.class, description = "As ./autostack token ls shows it.")
                    String id) {
        controlPlane.send(controlPlane.request("/tokens/" + id).DELETE().build());
        say.accept("Revoked " + id + ".");
        return CommandLine.ExitCode.OK;
    }

    /// The list itself, or the page that holds it.
    private static Iterable<JsonNode> items(JsonNode answer) {
        if (answer.isArray()) return answer;
        for (var value : answer) if (value.isArray()) return value;
        return List.of();
    }

    private static String row(List<String> cells) {
        return "%-36s  %-20s  %-11s  %-16s  %-24s  %s".formatted(cells.toArray());
    }

    static final class Id implements ITypeConverter<String> {
        @Override
        public String convert(String given) {
            if (ID.matcher(given).matches()) return given;
            throw new TypeConversionException("this is no token id: " + given);
        }
    }
}
