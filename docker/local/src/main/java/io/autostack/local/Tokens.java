package io.autostack.local;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `token`: API tokens for scripts, made, listed and revoked through the HTTP API.
final class Tokens {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");
    private static final List<String> COLUMNS = List.of("id", "name", "role", "tenant", "expiresAt", "lastUsedAt");

    private Tokens() {}

    static int answer(Arguments arguments, ControlPlane controlPlane, Consumer<String> say) {
        switch (arguments.next("create, ls or revoke")) {
            case "create" -> create(arguments, controlPlane, say);
            case "ls" -> list(arguments, controlPlane, say);
            case "revoke" -> revoke(arguments, controlPlane, say);
            case String other -> throw new Arguments.Wrong("token knows create, ls and revoke, not " + other);
        }
        return 0;
    }

    private static void create(Arguments arguments, ControlPlane controlPlane, Consumer<String> say) {
        var wish = new LinkedHashMap<String, String>();
        wish.put("name", arguments.required("--name"));
        wish.put("role", arguments.required("--role"));
        arguments.option("--tenant").ifPresent(tenant -> wish.put("tenant", tenant));
        wish.put("expires", arguments.option("--expires").orElse("90d"));
        arguments.nothingElse();
        var request = controlPlane
                .request("/tokens")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(wish)))
                .build();
        if (controlPlane.json(controlPlane.send(request)) instanceof Map<?, ?> made) {
            // Alone on its line, so that a script can take it: TOKEN=$(./autostack token create ...)
            say.accept(String.valueOf(made.get("token")));
            System.err.println("Token " + made.get("id") + " is shown this once only.");
        }
    }

    private static void list(Arguments arguments, ControlPlane controlPlane, Consumer<String> say) {
        arguments.nothingElse();
        var answer = controlPlane.json(
                controlPlane.send(controlPlane.request("/tokens").build()));
        say.accept(row(COLUMNS));
        for (var token : items(answer))
            if (token instanceof Map<?, ?> fields)
                say.accept(row(COLUMNS.stream()
                        .map(name -> fields.get(name) == null ? "-" : String.valueOf(fields.get(name)))
                        .toList()));
    }

    private static void revoke(Arguments arguments, ControlPlane controlPlane, Consumer<String> say) {
        var id = arguments.next("the token's id (./autostack token ls)");
        arguments.nothingElse();
        if (!ID.matcher(id).matches()) throw new Arguments.Wrong("this is no token id: " + id);
        controlPlane.send(controlPlane.request("/tokens/" + id).DELETE().build());
        say.accept("Revoked " + id + ".");
    }

    private static List<?> items(@Nullable Object answer) {
        if (answer instanceof List<?> all) return all;
        if (answer instanceof Map<?, ?> page)
            for (var value : page.values()) if (value instanceof List<?> items) return items;
        return List.of();
    }

    private static String row(List<String> cells) {
        return "%-36s  %-20s  %-11s  %-16s  %-24s  %s".formatted(cells.toArray());
    }
}
