import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Makes the two files a browser loads: app.css from the style sheets, app.js from htmx and our module.
/// Started by the build: `java Bundle.java MODULE_FOLDER TARGET_FOLDER`.
class Bundle {

    void main(String[] args) throws Exception {
        var module = Path.of(args[0]);
        var target = Files.createDirectories(Path.of(args[1]));
        write(target.resolve("app.css"), styles(module.resolve("src/main/assets/css")));
        write(target.resolve("app.js"), script(module));
    }

    /// The file name says the order: 00-layers.css declares the layers, the others fill them.
    private static String styles(Path folder) throws IOException {
        var all = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> f.toString().endsWith(".css")).sorted().toList()) {
                all.append("/* ").append(file.getFileName()).append(" */\n").append(Files.readString(file)).append('\n');
            }
        }
        return all.toString();
    }

    /// One file, because two deferred ones race: the core may start before it knows the extension.
    private static String script(Path module) throws Exception {
        var vendor = module.resolve("src/main/vendor/htmx-4.0.1");
        for (var line : Files.readAllLines(vendor.resolve("SHA384SUMS"))) check(vendor, line);
        return "/*! htmx 4.0.1 with its SSE extension, 0BSD licence */\n"
                + Files.readString(vendor.resolve("htmx.min.js")).strip() + ";\n"
                + Files.readString(vendor.resolve("hx-sse.min.js")).strip() + ";\n"
                + Files.readString(module.resolve("src/main/assets/js/autostack.js"));
    }

    private static void check(Path folder, String line) throws Exception {
        var parts = line.split("\\s+", 2);
        var hash = MessageDigest.getInstance("SHA-384").digest(Files.readAllBytes(folder.resolve(parts[1])));
        if (!HexFormat.of().formatHex(hash).equals(parts[0])) {
            throw new IllegalStateException(parts[1] + " is not the file that was vendored: its SHA-384 differs");
        }
    }

    private static void write(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(text)) Files.writeString(file, text);
    }
}
