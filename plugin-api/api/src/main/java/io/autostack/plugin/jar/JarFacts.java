package io.autostack.plugin.jar;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// What a plugin jar says about itself, read without loading or unpacking it.
///
/// @param pluginRequires which versions of the plugin API it works with
/// @param manifest every main attribute of the manifest
public record JarFacts(
        String sha256,
        long size,
        String pluginId,
        String pluginVersion,
        String pluginRequires,
        Map<String, String> manifest) {

    public static final long MAX_JAR = 32L << 20;

    /// What came of reading a jar.
    public sealed interface Reading {

        /// Nothing speaks against loading it.
        record Sound(JarFacts facts) implements Reading {}

        /// It must not be loaded, for these reasons.
        record Flawed(List<Finding> findings) implements Reading {}
    }

    public static Reading read(Path jar) throws IOException {
        var size = Files.size(jar);
        if (size > MAX_JAR) return flawed("jar.size", "The jar has " + size + " bytes; the most is " + MAX_JAR + ".");
        var misplaced = JarLayout.inspect(jar);
        if (misplaced.isPresent()) return new Reading.Flawed(List.of(misplaced.get()));
        var sha256 = sha256(jar);
        try (var zip = new ZipFile(jar.toFile())) {
            var entries = JarEntries.inspect(zip);
            if (!entries.isEmpty()) return new Reading.Flawed(entries);
            return JarManifest.read(zip, sha256, size);
        } catch (ZipException | IllegalArgumentException e) {
            return flawed("jar.readable", "The file is not a readable jar: " + e.getMessage());
        }
    }

    private static Reading flawed(String rule, String message) {
        return new Reading.Flawed(List.of(new Finding(rule, message)));
    }

    private static String sha256(Path jar) throws IOException {
        try (var digested = new DigestInputStream(Files.newInputStream(jar), MessageDigest.getInstance("SHA-256"))) {
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
