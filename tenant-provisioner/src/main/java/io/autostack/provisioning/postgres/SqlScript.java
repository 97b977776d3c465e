package io.autostack.provisioning.postgres;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Takes a script for `psql` apart into its statements, at the semicolons at which `psql` does. Comments are
/// left out. A command for `psql` itself is refused wherever it stands: nothing of a script is done but by the
/// server.
final class SqlScript {

    /// What a statement may be long, in letters.
    private static final int MAX = 4 * 1024 * 1024;

    private static final int END = -1;

    /// Switches commands off and on again: there are none.
    private static final Pattern NO_COMMANDS = Pattern.compile("\\\\(un)?restrict [A-Za-z0-9]{1,200}");

    private static final Pattern ROUTINE = Pattern.compile("create (or replace )?(function|procedure) ");

    private static final Set<String> HEAD = Set.of("create", "or", "replace", "function", "procedure");

    /// Where statements go.
    interface Each {
        void statement(String text) throws IOException;
    }

    private final PushbackReader script;
    private final Each each;
    private final StringBuilder statement = new StringBuilder();

    /// The first words, as far as they are such that a routine begins with.
    private final StringBuilder head = new StringBuilder();

    private int words;
    private int open;

    /// Of `begin atomic … end`, with each `case … end` in between.
    private int blocks;

    private SqlScript(Reader script, Each each) {
        this.script = new PushbackReader(script, 1);
        this.each = each;
    }

    static void read(Reader script, Each each) throws IOException {
        new SqlScript(script, each).read();
    }

    private void read() throws IOException {
        for (int letter = script.read(); letter != END; letter = script.read())
            switch (letter) {
                case '-' -> {
                    if (follows('-')) line();
                    else add(letter);
                }
                case '/' -> {
                    if (follows('*')) comment();
                    else add(letter);
                }
                case '\'' -> quoted('\'', false);
                case '"' -> quoted('"', false);
                case '$' -> dollars();
                case '\\' -> command();
                case ';' -> semicolon();
                case '(' -> {
                    open++;
                    add(letter);
                }
                case ')' -> {
                    open--;
                    add(letter);
                }
                default -> {
                    if (beginsWord(letter)) word(letter);
                    else add(letter);
                }
            }
        if (!statement.toString().isBlank()) throw new IOException("it ends within a statement");
    }

    private void semicolon() throws IOException {
        add(';');
        if (open > 0 || blocks > 0) return;
        var whole = statement.toString().strip();
        if (!whole.equals(";")) each.statement(whole);
        statement.setLength(0);
        head.setLength(0);
        words = 0;
        open = 0;
    }

    private void command() throws IOException {
        var command = new StringBuilder("\\").append(line());
        if (!statement.toString().isBlank()
                || !NO_COMMANDS.matcher(command.toString().stripTrailing()).matches())
            throw new IOException("it has a command for psql");
        statement.setLength(0);
    }

    /// What follows a backslash is another letter only in texts that say so. A doubled quote ends one and
    /// begins the next, which comes to the same.
    private void quoted(char quote, boolean escapes) throws IOException {
        add(quote);
        for (int letter = within(); letter != quote; letter = within()) {
            add(letter);
            if (escapes && letter == '\\') add(within());
        }
        add(quote);
        if (escapes && follows(quote)) quoted(quote, true);
    }

    private void dollars() throws IOException {
        add('$');
        var mark = new StringBuilder("$");
        for (int letter = script.read(); letter != END; letter = script.read()) {
            var goesOn = mark.length() == 1 ? beginsWord(letter) : isOfWord(letter) && letter != '$';
            if (!goesOn && letter != '$') {
                script.unread(letter);
                return;
            }
            add(letter);
            mark.append((char) letter);
            if (letter != '$') continue;
            int after = statement.length() + mark.length();
            do add(within());
            while (statement.length() < after || !endsWith(mark));
            return;
        }
    }

    private boolean endsWith(CharSequence mark) {
        int from = statement.length() - mark.length();
        for (int at = 0; at < mark.length(); at++) if (statement.charAt(from + at) != mark.charAt(at)) return false;
        return true;
    }

    private void word(int first) throws IOException {
        int from = statement.length();
        add(first);
        int letter = script.read();
        for (; letter != END && isOfWord(letter); letter = script.read()) add(letter);
        var word = statement.substring(from).toLowerCase(Locale.ROOT);
        if (letter == '\'' && word.equals("e")) {
            quoted('\'', true);
            return;
        }
        if (letter != END) script.unread(letter);
        if (++words <= 4) head.append(HEAD.contains(word) ? word : "-").append(' ');
        if (open == 0 && ROUTINE.matcher(head).lookingAt())
            switch (word) {
                case "begin" -> blocks++;
                case "case" -> blocks += blocks > 0 ? 1 : 0;
                case "end" -> blocks -= blocks > 0 ? 1 : 0;
                default -> {}
            }
    }

    /// The rest of a line.
    private String line() throws IOException {
        var line = new StringBuilder();
        int letter = script.read();
        for (; letter != END && letter != '\n'; letter = script.read())
            if (line.length() < MAX) line.append((char) letter);
        if (letter != END) add('\n');
        return line.toString();
    }

    private void comment() throws IOException {
        for (int depth = 1; depth > 0; ) {
            int letter = within();
            if (letter == '*' && follows('/')) depth--;
            else if (letter == '/' && follows('*')) depth++;
        }
        add(' ');
    }

    private int within() throws IOException {
        int letter = script.read();
        if (letter == END) throw new IOException("it ends within a statement");
        return letter;
    }

    private boolean follows(char desired) throws IOException {
        int letter = script.read();
        if (letter == desired) return true;
        if (letter != END) script.unread(letter);
        return false;
    }

    private void add(int letter) throws IOException {
        if (statement.length() >= MAX) throw new IOException("one of its statements is too long");
        statement.append((char) letter);
    }

    private static boolean beginsWord(int letter) {
        return letter >= 128 || letter == '_' || letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z';
    }

    private static boolean isOfWord(int letter) {
        return beginsWord(letter) || letter == '$' || letter >= '0' && letter <= '9';
    }
}
