package io.autostack.plugin.jar;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Looks at every entry of a jar for names that escape, bombs, confusion and shadowed classes.
final class JarEntries {

    private static final int MAX_ENTRIES = 5_000;
    private static final int MAX_FINDINGS = 20;
    private static final int MAX_NAME_LENGTH = 300;
    private static final long MAX_UNPACKED = 128L << 20;
    private static final long RATIO_COUNTS_FROM = 1L << 20;
    private static final long MAX_RATIO = 100;

    private static final Pattern VERSIONED = Pattern.compile("^meta-inf/versions/[^/]*/");
    private static final List<String> ARCHIVES = List.of(".jar", ".zip", ".war", ".ear");
    /// Packages of the host: a plugin's own copy would be loaded first and fit nothing.
    private static final List<String> HOST_PACKAGES =
            List.of("io/autostack/plugin/", "org/pf4j/", "java/", "javax/", "jdk/", "sun/");

    private final List<Finding> findings = new ArrayList<>();
    private final HashSet<String> seen = new HashSet<>();
    private final HashSet<String> files = new HashSet<>();
    private final HashSet<String> folders = new HashSet<>();
    private long unpacked;

    static List<Finding> inspect(ZipFile zip) throws IOException {
        if (zip.size() > MAX_ENTRIES)
            return List.of(new Finding(
                    "jar.entry-count", "The jar has " + zip.size() + " entries; the most is " + MAX_ENTRIES + "."));
        var inspection = new JarEntries();
        for (var entries = zip.entries(); entries.hasMoreElements(); ) {
            inspection.inspect(zip, entries.nextElement());
            if (inspection.findings.size() >= MAX_FINDINGS || inspection.unpacked > MAX_UNPACKED) break;
        }
        inspection.files.stream()
                .filter(inspection.folders::contains)
                .limit(MAX_FINDINGS)
                .forEach(name -> inspection.found("jar.duplicate", "\"" + name + "\" is both a file and a folder."));
        return List.copyOf(inspection.findings);
    }

    private void inspect(ZipFile zip, ZipEntry entry) throws IOException {
        var name = entry.getName();
        if (!safe(name)) {
            found("jar.entry-name", "The entry \"" + printable(name) + "\" has a name that leaves the jar.");
            return;
        }
        var lower = name.toLowerCase(Locale.ROOT);
        if (!seen.add(entry.isDirectory() ? lower.substring(0, lower.length() - 1) : lower)) {
            found("jar.duplicate", "The entry \"" + name + "\" is there twice, so readers may disagree about it.");
            return;
        }
        if (!entry.isDirectory()) files.add(lower);
        parents(lower);
        if (ARCHIVES.stream().anyMatch(lower::endsWith)) {
            nested(name);
            return;
        }
        var path = VERSIONED.matcher(lower).replaceFirst("");
        if (!entry.isDirectory() && HOST_PACKAGES.stream().anyMatch(path::startsWith))
            found(
                    "jar.host-class",
                    "The entry \"" + name
                            + "\" is in a package of the platform; give the dependency the scope provided.");
        if (!entry.isDirectory()) measure(zip, entry);
    }

    private void parents(String name) {
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1))
            if (!folders.add(name.substring(0, slash))) return;
    }

    /// Counts what really comes out: the sizes that an entry declares are only a claim.
    private void measure(ZipFile zip, ZipEntry entry) throws IOException {
        var buffer = new byte[16 * 1024];
        var out = 0L;
        try (var content = zip.getInputStream(entry)) {
            for (int count; (count = content.readNBytes(buffer, 0, buffer.length)) > 0; ) {
                if (out == 0 && beginsLikeAnArchive(buffer, count)) nested(entry.getName());
                out += count;
                unpacked += count;
                if (out > RATIO_COUNTS_FROM && out / MAX_RATIO > Math.max(1, entry.getCompressedSize())) {
                    found(
                            "jar.bomb",
                            "The entry \"" + entry.getName() + "\" unpacks to more than " + MAX_RATIO
                                    + " times its size.");
                    return;
                }
                if (unpacked > MAX_UNPACKED) {
                    found("jar.bomb", "The jar unpacks to more than " + MAX_UNPACKED + " bytes.");
                    return;
                }
            }
        } catch (ZipException | EOFException e) {
            found("jar.readable", "The entry \"" + entry.getName() + "\" cannot be read: " + e.getMessage());
        }
    }

    private void nested(String name) {
        found("jar.nested", "The entry \"" + name + "\" is an archive inside the jar; unpack or shade it.");
    }

    /// Whatever it is called. A first entry, or the end of an archive without any.
    private static boolean beginsLikeAnArchive(byte[] bytes, int count) {
        return count >= 4
                && bytes[0] == 'P'
                && bytes[1] == 'K'
                && ((bytes[2] == 3 && bytes[3] == 4) || (bytes[2] == 5 && bytes[3] == 6));
    }

    private static boolean safe(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || name.startsWith("/")) return false;
        if (name.indexOf('\\') >= 0 || name.indexOf(':') >= 0) return false;
        if (name.codePoints().anyMatch(JarEntries::invisible)) return false;
        for (var part : name.split("/", -1)) if (part.equals("..") || part.equals(".")) return false;
        return !name.contains("//");
    }

    /// Control and format characters, among them NUL and the ones that turn the reading direction round.
    private static boolean invisible(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
    }

    static String printable(String name) {
        var printable = new StringBuilder();
        name.codePoints().limit(80).forEach(c -> printable.appendCodePoint(invisible(c) ? '\uFFFD' : c));
        return printable.toString();
    }

    private void found(String rule, String message) {
        findings.add(new Finding(rule, message));
    }
}
