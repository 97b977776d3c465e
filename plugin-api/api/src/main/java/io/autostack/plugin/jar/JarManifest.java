package io.autostack.plugin.jar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/// Reads the manifest's promises: who the plugin is, which version, and which plugin API it wants.
final class JarManifest {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final int MAX_BYTES = 64 * 1024;
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern VERSION =
            Pattern.compile("(0|[1-9][0-9]{0,8})(\\.(0|[1-9][0-9]{0,8})){2}(-[0-9A-Za-z.-]{1,40})?");
    private static final Pattern UPPER_BOUND = Pattern.compile("[<^~]");

    private final Map<String, String> attributes;
    private final ArrayList<Finding> findings = new ArrayList<>();

    private JarManifest(Map<String, String> attributes) {
        this.attributes = attributes;
    }

    static JarFacts.Reading read(ZipFile zip, String sha256, long size) throws IOException {
        var manifest = new JarManifest(attributes(zip));
        var id = manifest.require("Plugin-Id", ID, "1 to 40 lower-case letters, digits and hyphens");
        var version = manifest.require("Plugin-Version", VERSION, "a version such as 1.4.0");
        var requires = manifest.require("Plugin-Requires", Pattern.compile(".{1,100}"), "at most 100 characters");
        if (!requires.isEmpty() && !UPPER_BOUND.matcher(requires).find())
            manifest.found(
                    "manifest.requires-range",
                    "Plugin-Requires has no upper bound; write for instance \">=0.1.0 & <0.2.0\".");
        return manifest.findings.isEmpty()
                ? new JarFacts.Reading.Sound(
                        new JarFacts(sha256, size, id, version, requires, Map.copyOf(manifest.attributes)))
                : new JarFacts.Reading.Flawed(manifest.findings);
    }

    private static Map<String, String> attributes(ZipFile zip) throws IOException {
        var attributes = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        var entry = zip.getEntry(MANIFEST);
        if (entry == null) return attributes;
        try (var content = zip.getInputStream(entry)) {
            var bytes = content.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) throw new IllegalArgumentException("the manifest is larger than 64 KiB");
            parse(bytes)
                    .getMainAttributes()
                    .forEach((name, value) -> attributes.put(name.toString(), value.toString()));
        }
        return attributes;
    }

    private static Manifest parse(byte[] bytes) {
        try {
            return new Manifest(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new IllegalArgumentException("the manifest is malformed: " + e.getMessage(), e);
        }
    }

    private String require(String name, Pattern pattern, String words) {
        var value = Optional.ofNullable(attributes.get(name)).map(String::strip).orElse("");
        if (value.isEmpty()) found("manifest.missing", "The manifest has no " + name + ".");
        else if (!pattern.matcher(value).matches()) found("manifest.malformed", name + " must be " + words + ".");
        else return value;
        return "";
    }

    private void found(String rule, String message) {
        findings.add(new Finding(rule, message));
    }
}
