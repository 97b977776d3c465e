package io.autostack.tenancy.export;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Paths of an archive's entries that every system can unpack into files: short, of harmless letters, none of
/// them reserved, no two the same where capitals do not count. Whose they are is in the manifest.
final class ArchivePaths {

    private static final int MAX_NAME_LENGTH = 40;

    /// The platform gives databases their names.
    private static final int MAX_DATABASE_LENGTH = 63;

    /// A name before the first dot that is a device on Windows, whatever follows.
    private static final Pattern RESERVED =
            Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])", Pattern.CASE_INSENSITIVE);

    private final Set<String> taken = new HashSet<>();
    private int numbered;

    /// A folder for a database.
    String folder(String before, String name) {
        return free(before, harmless(name, MAX_DATABASE_LENGTH), isAsItIs(name, MAX_DATABASE_LENGTH), "/");
    }

    /// A file of a table's rows.
    String file(String folder, String schema, String table) {
        return free(
                folder,
                harmless(schema, MAX_NAME_LENGTH) + "." + harmless(table, MAX_NAME_LENGTH),
                isAsItIs(schema, MAX_NAME_LENGTH) && isAsItIs(table, MAX_NAME_LENGTH),
                ".csv");
    }

    private String free(String before, String name, boolean asItIs, String after) {
        var path = before + name + after;
        while (!asItIs || !taken.add(path.toLowerCase(Locale.ROOT))) {
            path = before + name + "~" + ++numbered + after;
            asItIs = true;
        }
        return path;
    }

    private static boolean isAsItIs(String name, int max) {
        return harmless(name, max).equals(name) && !RESERVED.matcher(name).matches();
    }

    private static String harmless(String name, int max) {
        var path = new StringBuilder();
        name.codePoints()
                .limit(max)
                .forEach(letter -> path.appendCodePoint(
                        letter < 128 && (Character.isLetterOrDigit(letter) || letter == '_' || letter == '-')
                                ? letter
                                : '_'));
        return RESERVED.matcher(path).matches() ? path + "_" : path.toString();
    }
}
