package io.autostack.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// After everything the other stories did, restarts and failures included: no log holds a secret.
@ExtendWith(WithProduct.class)
@Order(5)
class SecretsStory {

    private static final int SHORTEST_SECRET = 16;

    private final Product product;

    SecretsStory(Product product) {
        this.product = product;
    }

    @Test
    void no_log_holds_a_secret() throws IOException {
        var secrets = new ArrayList<String>();
        for (var file : files(product.home().resolve("secrets")))
            for (var word : Files.readString(file).split("\\s+", -1))
                if (word.length() >= SHORTEST_SECRET) secrets.add(word);
        var logs = files(product.home().resolve("logs"));

        assertThat(secrets).hasSizeGreaterThan(5);
        assertThat(logs).hasSizeGreaterThan(2);
        for (var log : logs) {
            var text = Files.readString(log);
            assertThat(secrets).as(log.getFileName().toString()).noneMatch(text::contains);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
