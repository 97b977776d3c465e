package io.autostack.tenancy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Short names that no new tenant gets, because mail, billing, support and the platform itself use them as host names;
/// listed in `reserved-slugs.txt`. A tenant that has one already keeps it.
final class ReservedSlugs {

    private static final String LIST = "reserved-slugs.txt";
    private static final String NUMBERED = "#";

    private static final Set<String> ALL = read();

    private ReservedSlugs() {}

    /// `no-reply` is `noreply`, and `ns1` is one of `ns#`.
    static boolean contains(String slug) {
        var plain = slug.replace("-", "");
        return ALL.contains(plain) || ALL.contains(plain.replaceFirst("[0-9]*$", "") + NUMBERED);
    }

    private static Set<String> read() {
        try (var list = Objects.requireNonNull(ReservedSlugs.class.getResourceAsStream(LIST), LIST)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("//"))
                    .flatMap(line -> Arrays.stream(line.split(" +")))
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(LIST + " cannot be read", e);
        }
    }
}
