package io.autostack.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Source files of a module, for rules that compiled classes no longer show.
enum Sources {
    CONTROL_PLANE("src/main/java"),
    PROVISIONER("../tenant-provisioner/src/main/java"),
    UI("../marketplace-ui/src/main/java"),
    PLUGIN_API("../plugin-api/api/src/main/java"),
    PLUGIN_JSON("../plugin-api/json/src/main/java");

    private static final int MAX_LINES = 400;
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:(?:sealed|non-sealed|final|abstract|static) )*(?:class|interface|record|enum|@interface) (\\w+)");
    private static final Pattern WRITE = Pattern.compile(
            "(?:insert\\s+into|update|delete\\s+from)\\s+([a-z_]+)\\.[a-z_]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern LASTING_SCOPE = Pattern.compile("set_config\\('autostack[^)]*false\\)");
    private static final Pattern ENTITY = Pattern.compile("@Table\\(schema = \"([a-z_]+)\"");

    private final Path root;

    Sources(String root) {
        this.root = Path.of(root);
    }

    /// First words of the packages below `io.autostack`.
    List<String> packages() {
        return files().map(this::domain).distinct().sorted().toList();
    }

    Stream<String> publicTypesWithoutSentence() {
        return files().filter(file -> !hasSentence(lines(file))).map(Path::toString);
    }

    Stream<String> writesToForeignSchemas() {
        return files().flatMap(file -> {
            var text = String.join("\n", lines(file));
            return Stream.concat(
                            WRITE.matcher(text).results(), ENTITY.matcher(text).results())
                    .map(match -> match.group(1))
                    .filter(schema -> !schema.equals(domain(file)))
                    .map(schema -> file + " writes " + schema);
        });
    }

    Stream<String> scopesThatOutlastTransactions() {
        return files().filter(file ->
                        LASTING_SCOPE.matcher(String.join("\n", lines(file))).find())
                .map(file -> file.getFileName().toString());
    }

    Stream<String> longFiles() {
        return files().filter(file -> lines(file).size() > MAX_LINES).map(Path::toString);
    }

    private static boolean hasSentence(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (!PUBLIC_TYPE.matcher(lines.get(i)).find()) continue;
            for (int above = i - 1; above >= 0 && !lines.get(above).isBlank(); above--)
                if (lines.get(above).startsWith("/// ")) return true;
            return false;
        }
        return true;
    }

    private String domain(Path file) {
        return root.resolve("io/autostack").relativize(file).getName(0).toString();
    }

    private Stream<Path> files() {
        try (var all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
