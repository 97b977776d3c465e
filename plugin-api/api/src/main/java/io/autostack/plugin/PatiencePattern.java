package io.autostack.plugin;

import java.util.regex.Pattern;

/// Matches a pattern that somebody else wrote, but looks at so many characters only.
///
/// Patterns come from plugins and answers from users: without a bound, `(a+)+b` would keep the host busy for years.
final class PatiencePattern {

    private static final int MOST_LOOKS = 200_000;

    private PatiencePattern() {}

    static boolean matches(String pattern, String text) {
        try {
            return Pattern.compile(pattern).matcher(new Watched(text)).matches();
        } catch (OutOfPatience tooExpensive) {
            return false;
        } catch (StackOverflowError tooDeep) {
            return false;
        }
    }

    private static final class Watched implements CharSequence {

        private final String text;
        private int looks;

        Watched(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST_LOOKS) throw new OutOfPatience();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class OutOfPatience extends RuntimeException {

        private static final long serialVersionUID = 1;

        OutOfPatience() {
            super(null, null, false, false);
        }
    }
}
