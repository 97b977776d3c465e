package io.autostack.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The words behind a command, taken one after the other; what is left over at the end was a mistake.
final class Arguments {

    /// The command line is wrong; the message says what would be right.
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    private final Deque<String> words;

    Arguments(List<String> words) {
        this.words = new ArrayDeque<>(words);
    }

    boolean flag(String name) {
        return words.remove(name);
    }

    /// The word behind `name`, or behind `name=`.
    Optional<String> option(String name) {
        var all = List.copyOf(words);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).startsWith(name + "=")) {
                words.remove(all.get(i));
                return Optional.of(all.get(i).substring(name.length() + 1));
            }
            if (all.get(i).equals(name)) {
                if (i + 1 == all.size()) throw new Wrong(name + " needs a value");
                words.clear();
                words.addAll(all.subList(0, i));
                words.addAll(all.subList(i + 2, all.size()));
                return Optional.of(all.get(i + 1));
            }
        }
        return Optional.empty();
    }

    String required(String name) {
        return option(name).orElseThrow(() -> new Wrong(name + " is missing"));
    }

    Optional<String> next() {
        return Optional.ofNullable(words.poll());
    }

    String next(String what) {
        return next().orElseThrow(() -> new Wrong(what + " is missing"));
    }

    int port(String name, int usual) {
        var given = option(name);
        if (given.isEmpty()) return usual;
        if (given.get().matches("\\d{1,5}")) {
            int port = Integer.parseInt(given.get());
            if (port >= 1 && port <= 65_535) return port;
        }
        throw new Wrong(name + " must be a port between 1 and 65535, not " + given.get());
    }

    void nothingElse() {
        if (!words.isEmpty()) throw new Wrong("do not know what to do with: " + String.join(" ", words));
    }
}
