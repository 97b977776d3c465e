package io.autostack.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.function.Predicate;

/// The folder of a program, copied to where it runs. What carries the final name is always complete.
public final class ProgramCopy {

    private ProgramCopy() {}

    /// @param from whoever may enter it may enter the copy
    /// @param to another process may make the same there at the same time; one of the two stays
    /// @param neverChanges which files may be one with their copy, where the file system can link them
    public static void make(Path from, Path to, Predicate<Path> neverChanges) {
        try {
            Files.createDirectories(to.getParent());
            var half = Files.createTempDirectory(to.getParent(), "copying-");
            try {
                Files.setPosixFilePermissions(half, Files.getPosixFilePermissions(from));
                fill(half, from, neverChanges);
            } catch (IOException e) {
                delete(half);
                throw e;
            }
            complete(half, to);
        } catch (IOException e) {
            throw new UncheckedIOException("could not copy " + from + " to " + to, e);
        }
    }

    private static void fill(Path half, Path from, Predicate<Path> neverChanges) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) throws IOException {
                Files.createDirectories(half.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) throws IOException {
                put(file, half.resolve(from.relativize(file).toString()), neverChanges.test(file));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// Gives it its final name, unless somebody else was faster, whose folder is as good.
    public static void complete(Path half, Path to) throws IOException {
        try {
            Files.move(half, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(half);
            if (!Files.isDirectory(to)) throw e;
        }
    }

    public static void delete(Path folder) {
        if (!Files.exists(folder)) return;
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(Path file, Path target, boolean neverChanges) throws IOException {
        if (neverChanges) {
            try {
                Files.createLink(target, file);
                return;
            } catch (IOException | UnsupportedOperationException _) {
                // On another file system, or a file of somebody else: a copy does, or says what is wrong.
            }
        }
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }
}
