package io.autostack.plugin.jar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Where a jar's entries lie in the file. Readers that begin at the front must find what those find that begin
/// at the directory at the end, and no byte may serve two entries: that is how small files unpack to large
/// ones.
final class JarLayout {

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int MAX_COMMENT = 0xffff;
    private static final int IN_DIRECTORY = 0x02014b50;
    private static final int IN_DIRECTORY_LENGTH = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int ENCRYPTED = 1;
    private static final int MADE_ON_UNIX = 3;
    private static final int FILE_TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;

    private final ByteBuffer bytes;

    private JarLayout(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /// An entry as the directory at the end has it.
    private record Place(String name, int method, long from, long packed) {}

    /// The first thing that is wrong; a jar is refused for one as well as for many.
    ///
    /// @param jar not larger than what fits into memory
    static Optional<Finding> inspect(Path jar) throws IOException {
        try (var channel = FileChannel.open(jar)) {
            var bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until all of it is there.
            }
            return new JarLayout(bytes.flip()).inspect();
        } catch (IndexOutOfBoundsException | Unreadable _) {
            return Optional.of(
                    new Finding("jar.readable", "The file is not a readable jar: cut off, damaged or none."));
        }
    }

    /// A place in the file where something else was expected.
    private static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1;

        Unreadable() {
            super(null, null, false, false);
        }
    }

    private Optional<Finding> inspect() {
        int end = end();
        int entries = unsigned16(end + 10);
        long length = unsigned32(end + 12);
        long start = unsigned32(end + 16);
        if (unsigned16(end + 4) != 0 || unsigned16(end + 8) != entries)
            return finding("The jar is one part of several.");
        if (entries == 0xffff || length == 0xffff_ffffL || start == 0xffff_ffffL)
            return finding("The jar has the form for large files, which no plugin needs.");
        if (start + length != end)
            return finding("Something stands in front of the jar's first entry or behind its directory.");
        var places = new ArrayList<Place>();
        int at = (int) start;
        for (int n = 0; n < entries; n++) {
            expect(IN_DIRECTORY, at);
            var name = text(at + IN_DIRECTORY_LENGTH, unsigned16(at + 28));
            var wrong = attributes(name, at);
            if (wrong.isPresent()) return wrong;
            places.add(new Place(name, unsigned16(at + 10), unsigned32(at + 42), unsigned32(at + 20)));
            at += IN_DIRECTORY_LENGTH + unsigned16(at + 28) + unsigned16(at + 30) + unsigned16(at + 32);
        }
        if (at != end) return finding("The jar's directory lists more than it says.");
        return overlaps(places, start);
    }

    private Optional<Finding> attributes(String name, int at) {
        if ((unsigned16(at + 8) & ENCRYPTED) != 0) return finding("The entry " + quoted(name) + " is encrypted.");
        int type = (int) (unsigned32(at + 38) >> 16) & FILE_TYPE;
        if (unsigned16(at + 4) >> 8 == MADE_ON_UNIX && type != 0 && type != REGULAR && type != FOLDER)
            return Optional.of(new Finding(
                    "jar.link",
                    "The entry " + quoted(name) + " is a symbolic link or a device; a jar holds files and folders."));
        return Optional.empty();
    }

    private Optional<Finding> overlaps(List<Place> places, long directory) {
        places.sort(Comparator.comparingLong(Place::from));
        long free = 0;
        for (var place : places) {
            if (place.from() < free)
                return Optional.of(new Finding(
                        "jar.overlap", "The entry " + quoted(place.name()) + " shares bytes with another one."));
            if (place.from() > directory) throw new Unreadable();
            int at = (int) place.from();
            expect(LOCAL, at);
            if (!text(at + LOCAL_LENGTH, unsigned16(at + 26)).equals(place.name())
                    || unsigned16(at + 8) != place.method())
                return finding("The entry " + quoted(place.name())
                        + " is another one at its place than in the directory, so readers may disagree about it.");
            free = place.from() + LOCAL_LENGTH + unsigned16(at + 26) + unsigned16(at + 28) + place.packed();
            if (free > directory)
                return Optional.of(new Finding(
                        "jar.overlap", "The entry " + quoted(place.name()) + " reaches into the jar's directory."));
        }
        return Optional.empty();
    }

    private int end() {
        int last = bytes.limit() - END_LENGTH;
        for (int at = last; at >= 0 && at >= last - MAX_COMMENT; at--)
            if (bytes.getInt(at) == END && at + END_LENGTH + unsigned16(at + 20) == bytes.limit()) return at;
        throw new Unreadable();
    }

    private void expect(int signature, int at) {
        if (bytes.getInt(at) != signature) throw new Unreadable();
    }

    private int unsigned16(int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private long unsigned32(int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    private String text(int at, int length) {
        var name = new byte[length];
        bytes.get(at, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    private static String quoted(String name) {
        return "\"" + JarEntries.printable(name) + "\"";
    }

    private static Optional<Finding> finding(String message) {
        return Optional.of(new Finding("jar.layout", message));
    }
}
