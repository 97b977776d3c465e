package io.autostack.identity;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Registers the tokens that were generated before the first start: the launcher's own and the reference
/// application's. One line each: `NAME ROLE TOKEN`.
@ApplicationScoped
class BootstrapTokens {

    private final ApiTokens tokens;
    private final Optional<Path> file;

    @Inject
    BootstrapTokens(ApiTokens tokens, @ConfigProperty(name = "autostack.tokens.bootstrap-file") Optional<Path> file) {
        this.tokens = tokens;
        this.file = file;
    }

    void register(@Observes StartupEvent started) throws IOException {
        if (file.isEmpty()) return;
        for (var line : Files.readAllLines(file.get())) {
            if (line.isBlank()) continue;
            var words = line.strip().split("\\s+");
            var role = words.length == 3 ? Role.of(words[1]) : Optional.<Role>empty();
            if (role.isEmpty() || !words[2].startsWith(ApiTokens.PREFIX))
                throw new IllegalStateException(
                        "autostack.tokens.bootstrap-file has a line that is not `NAME ROLE ask_…`: " + file.get());
            tokens.ensure(words[0], role.get(), words[2]);
        }
    }
}
