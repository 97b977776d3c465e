package io.autostack.plugin;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One question of a template to the person who deploys it. Answers travel as text; each kind says what it
/// accepts.
public sealed interface Parameter {

    int MAX_TEXT_LENGTH = 2_000;

    /// How templates and answers refer to it, for instance `database-storage`.
    String name();

    /// The field's label.
    String title();

    /// One or two sentences below the field; may be empty.
    String help();

    boolean required();

    /// What the field holds before the user touches it, as text.
    Optional<String> initialText();

    /// Says what is wrong with an answer, or nothing when it is fine. A missing answer is not asked about.
    Optional<String> objection(String answer);

    /// One line of text.
    ///
    /// @param pattern a regular expression that the whole answer must match; empty for any text
    /// @param patternHint says in words what the pattern wants
    record Text(
            String name,
            String title,
            String help,
            boolean required,
            @Nullable String initial,
            int minLength,
            int maxLength,
            String pattern,
            String patternHint)
            implements Parameter {

        public Text {
            Parameters.checkLabels(name, title, help);
            Require.between("the longest answer of " + name, maxLength, 1, MAX_TEXT_LENGTH);
            Require.between("the shortest answer of " + name, minLength, 0, maxLength);
            Require.line("the pattern of " + name, pattern, 500);
            Require.line("the pattern's hint of " + name, patternHint, 300);
            BoundedPattern.objection(pattern).ifPresent(why -> {
                throw new IllegalArgumentException("the pattern of " + name + " cannot be used: " + why);
            });
            Parameters.checkInitial(
                    name, initial, answer -> objection(answer, minLength, maxLength, pattern, patternHint));
        }

        @Override
        public Optional<String> initialText() {
            return Optional.ofNullable(initial);
        }

        @Override
        public Optional<String> objection(String answer) {
            return objection(answer, minLength, maxLength, pattern, patternHint);
        }

        private static Optional<String> objection(
                String answer, int minLength, int maxLength, String pattern, String patternHint) {
            var length = answer.codePointCount(0, answer.length());
            if (length < minLength) return Optional.of("Must have at least " + characters(minLength) + ".");
            if (length > maxLength) return Optional.of("Must have at most " + characters(maxLength) + ".");
            if (answer.codePoints().anyMatch(Character::isISOControl))
                return Optional.of("Must be one line without control characters.");
            if (pattern.isEmpty() || BoundedPattern.matches(pattern, answer)) return Optional.empty();
            return Optional.of(patternHint.isBlank() ? "Must match " + pattern + "." : patternHint);
        }

        private static String characters(int count) {
            return count == 1 ? "1 character" : count + " characters";
        }
    }

    /// One of a few values.
    record Choice(
            String name,
            String title,
            String help,
            boolean required,
            @Nullable String initial,
            List<Option> options) implements Parameter {

        /// @param value what the template gets
        /// @param title what the user reads
        public record Option(String value, String title) {
            public Option {
                Require.text("an option's value", value, 100);
                Require.text("an option's title", title, 200);
            }
        }

        public Choice {
            Parameters.checkLabels(name, title, help);
            options = List.copyOf(options);
            Require.between("the number of options of " + name, options.size(), 1, 100);
            var values = new HashSet<String>();
            for (var option : options)
                if (!values.add(option.value()))
                    throw new IllegalArgumentException("two options of " + name + " are \"" + option.value() + "\"");
            var known = options;
            Parameters.checkInitial(name, initial, answer -> objection(answer, known));
        }

        @Override
        public Optional<String> initialText() {
            return Optional.ofNullable(initial);
        }

        @Override
        public Optional<String> objection(String answer) {
            return objection(answer, options);
        }

        private static Optional<String> objection(String answer, List<Option> options) {
            var values = options.stream().map(Option::value).toList();
            return values.contains(answer)
                    ? Optional.empty()
                    : Optional.of(Require.shortened("Must be one of: " + String.join(", ", values) + ".", 500));
        }
    }

    /// A number without decimals.
    ///
    /// @param unit shown behind the field, for instance `GB`; may be empty
    record WholeNumber(
            String name,
            String title,
            String help,
            boolean required,
            @Nullable Long initial,
            long min,
            long max,
            String unit)
            implements Parameter {

        private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");

        public WholeNumber {
            Parameters.checkLabels(name, title, help);
            Require.line("the unit of " + name, unit, 30);
            if (min > max) throw new IllegalArgumentException("the least value of " + name + " is above its most");
            Parameters.checkInitial(
                    name, initial == null ? null : initial.toString(), answer -> objection(answer, min, max));
        }

        @Override
        public Optional<String> initialText() {
            return Optional.ofNullable(initial).map(Object::toString);
        }

        @Override
        public Optional<String> objection(String answer) {
            return objection(answer, min, max);
        }

        private static Optional<String> objection(String answer, long min, long max) {
            if (!DIGITS.matcher(answer).matches()) return Optional.of("Must be a whole number.");
            var number = Long.parseLong(answer);
            return number < min || number > max
                    ? Optional.of("Must be between " + min + " and " + max + ".")
                    : Optional.empty();
        }
    }

    /// Yes or no. A missing answer is the initial one, so a form must send `false` for a box that is not ticked.
    record Flag(String name, String title, String help, boolean initial) implements Parameter {

        public Flag {
            Parameters.checkLabels(name, title, help);
        }

        @Override
        public boolean required() {
            return false;
        }

        @Override
        public Optional<String> initialText() {
            return Optional.of(String.valueOf(initial));
        }

        @Override
        public Optional<String> objection(String answer) {
            return answer.equals("true") || answer.equals("false")
                    ? Optional.empty()
                    : Optional.of("Must be true or false.");
        }
    }
}
