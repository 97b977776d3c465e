package io.autostack.local;

import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.KeyFile;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `keys`: the installation's keys, listed, rotated, and the old ones removed when nothing needs them any more.
final class Keys {

    private Keys() {}

    static int answer(Arguments arguments, Path home, Consumer<String> say) {
        var verb = arguments.next("ls, rotate or prune");
        var file = arguments.option("--file").map(Path::of).orElse(home.resolve("secrets/master.key"));
        arguments.nothingElse();
        if (!verb.equals("ls") && !Files.isRegularFile(file))
            throw new StartFailed("there is no key file " + file + ": name it with --file");
        var controlPlane = new ControlPlane(home);
        switch (verb) {
            case "ls" -> list(controlPlane, say);
            case "rotate" -> rotate(new KeyFile(file), controlPlane, say);
            case "prune" -> prune(new KeyFile(file), controlPlane, say);
            case String other -> throw new Arguments.Wrong("keys knows ls, rotate and prune, not " + other);
        }
        return 0;
    }

    private static void list(ControlPlane controlPlane, Consumer<String> say) {
        say.accept("%-18s  %-8s  %s".formatted("id", "", "secrets"));
        var now = now(controlPlane);
        if (now.get("keys") instanceof List<?> keys)
            for (var key : keys)
                if (key instanceof Map<?, ?> one)
                    say.accept("%-18s  %-8s  %s"
                            .formatted(
                                    one.get("id"),
                                    Boolean.TRUE.equals(one.get("current"))
                                            ? "newest"
                                            : Boolean.TRUE.equals(one.get("there")) ? "old" : "MISSING",
                                    one.get("secrets")));
        say.accept(sentence(now));
    }

    /// The file first: from then on nothing is sealed under an old key.
    private static void rotate(KeyFile file, ControlPlane controlPlane, Consumer<String> say) {
        file.addNewest();
        say.accept("A new key is in front; keep a copy of the file in another safe than the database.");
        long secrets = 0;
        while (true) {
            var answer = object(
                    controlPlane,
                    controlPlane
                            .request("/keys/rewrap")
                            .POST(BodyPublishers.noBody())
                            .build());
            long some = number(answer.get("rewrapped"));
            secrets += some;
            if (some == 0) {
                say.accept("Brought " + secrets + " secrets under it. "
                        + (answer.get("now") instanceof Map<?, ?> now ? sentence(now) : ""));
                return;
            }
        }
    }

    private static void prune(KeyFile file, ControlPlane controlPlane, Consumer<String> say) {
        var now = now(controlPlane);
        if (left(now, "secrets") + left(now, "answers") > 0)
            throw new StartFailed("the old keys have to stay for now. " + sentence(now));
        if (known(now) != file.keys())
            throw new StartFailed("the control plane does not use this file, so nobody knows what needs it");
        int before = file.keys();
        file.keepNewest();
        int old = before - 1;
        say.accept("Removed " + (old == 1 ? "one old key." : old + " old keys."));
    }

    private static long known(Map<?, ?> now) {
        return now.get("keys") instanceof List<?> keys ? keys.size() : 0;
    }

    private static String sentence(Map<?, ?> now) {
        long secrets = left(now, "secrets");
        long answers = left(now, "answers");
        if (secrets + answers == 0) return "Nothing needs an old key.";
        return secrets + " secrets and " + answers + " stored answers still need an old key; secrets are brought under"
                + " the newest within minutes, answers are forgotten after a day.";
    }

    private static Map<?, ?> now(ControlPlane controlPlane) {
        return object(controlPlane, controlPlane.request("/keys").build());
    }

    private static Map<?, ?> object(ControlPlane controlPlane, HttpRequest request) {
        return controlPlane.json(controlPlane.send(request)) instanceof Map<?, ?> fields ? fields : Map.of();
    }

    private static long left(Map<?, ?> now, String what) {
        return now.get("left") instanceof Map<?, ?> left ? number(left.get(what)) : 0;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
