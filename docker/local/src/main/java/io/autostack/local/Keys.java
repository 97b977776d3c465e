package io.autostack.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.KeyFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `keys`: the installation's keys, listed, rotated, and the old ones removed when nothing needs them any
/// more.
@Command(
        name = "keys",
        description = "The keys that secrets are sealed under.",
        synopsisSubcommandLabel = "ls|rotate|prune")
final class Keys {

    private final ControlPlane controlPlane;
    private final Path usual;
    private final Consumer<String> say;

    /// @param usual the key file of a local run
    Keys(ControlPlane controlPlane, Path usual, Consumer<String> say) {
        this.controlPlane = controlPlane;
        this.usual = usual;
        this.say = say;
    }

    @Command(name = "ls", description = "All keys, and what still needs an old one.")
    int ls(
            @Option(names = "--file", paramLabel = "FILE", description = "Of no use here.", hidden = true) @Nullable
                    Path unused) {
        list(controlPlane, say);
        return CommandLine.ExitCode.OK;
    }

    @Command(name = "rotate", description = "Puts a new key in front and brings all secrets under it.")
    int rotate(@Option(names = "--file", paramLabel = "FILE", description = "The key file.") @Nullable Path file) {
        rotate(keyFile(file), controlPlane, say);
        return CommandLine.ExitCode.OK;
    }

    @Command(name = "prune", description = "Removes old keys, once nothing needs them.")
    int prune(@Option(names = "--file", paramLabel = "FILE", description = "The key file.") @Nullable Path file) {
        prune(keyFile(file), controlPlane, say);
        return CommandLine.ExitCode.OK;
    }

    private KeyFile keyFile(@Nullable Path given) {
        var file = given == null ? usual : given;
        if (!Files.isRegularFile(file)) throw new StartFailed("there is no key file " + file + ": name it with --file");
        return new KeyFile(file);
    }

    private static void list(ControlPlane controlPlane, Consumer<String> say) {
        say.accept("%-18s  %-8s  %s".formatted("id", "", "secrets"));
        var now = now(controlPlane);
        for (var key : now.path("keys"))
            say.accept("%-18s  %-8s  %s"
                    .formatted(
                            key.path("id").asText(),
                            key.path("current").asBoolean()
                                    ? "newest"
                                    : key.path("there").asBoolean() ? "old" : "MISSING",
                            key.path("secrets").asText()));
        say.accept(sentence(now));
    }

    /// The file first: from then on nothing is sealed under an old key.
    private static void rotate(KeyFile file, ControlPlane controlPlane, Consumer<String> say) {
        file.addNewest();
        say.accept("A new key is in front; keep a copy of the file in another safe than the database.");
        long secrets = 0;
        while (true) {
            var answer = controlPlane.json(controlPlane.send(controlPlane
                    .request("/keys/rewrap")
                    .POST(BodyPublishers.noBody())
                    .build()));
            long some = answer.path("rewrapped").asLong();
            secrets += some;
            if (some == 0) {
                say.accept("Brought " + secrets + " secrets under it. " + sentence(answer.path("now")));
                return;
            }
        }
    }

    private static void prune(KeyFile file, ControlPlane controlPlane, Consumer<String> say) {
        var now = now(controlPlane);
        if (left(now, "secrets") + left(now, "answers") > 0)
            throw new StartFailed("the old keys have to stay for now. " + sentence(now));
        if (now.path("keys").size() != file.keys())
            throw new StartFailed("the control plane does not use this file, so nobody knows what needs it");
        int before = file.keys();
        file.keepNewest();
        int old = before - 1;
        say.accept("Removed " + (old == 1 ? "one old key." : old + " old keys."));
    }

    private static String sentence(JsonNode now) {
        long secrets = left(now, "secrets");
        long answers = left(now, "answers");
        if (secrets + answers == 0) return "Nothing needs an old key.";
        return secrets + " secrets and " + answers + " stored answers still need an old key; secrets are brought under"
                + " the newest within minutes, answers are forgotten after a day.";
    }

    private static JsonNode now(ControlPlane controlPlane) {
        return controlPlane.json(controlPlane.send(controlPlane.request("/keys").build()));
    }

    private static long left(JsonNode now, String what) {
        return now.path("left").path(what).asLong();
    }
}
