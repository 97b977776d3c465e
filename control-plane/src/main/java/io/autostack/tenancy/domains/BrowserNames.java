package io.autostack.tenancy.domains;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.IDNA.Error;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Domain names as browsers ask for them (UTS 46, non-transitional): `faß.example` is not `fass.example`, and a joiner
/// that a word needs stays where it is.
final class BrowserNames {

    private static final IDNA UTS_46 = IDNA.getUTS46Instance(IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ
            | IDNA.CHECK_CONTEXTO
            | IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE);

    /// Hyphens in the third and fourth place are in use; lengths are told by whoever asks.
    private static final Set<Error> HARMLESS = EnumSet.of(Error.HYPHEN_3_4, Error.DOMAIN_NAME_TOO_LONG);

    private BrowserNames() {}

    /// In lower case and Punycode, without the dot of the root; empty when browsers would not ask for it.
    static Optional<String> toAscii(String name) {
        var info = new IDNA.Info();
        var ascii = UTS_46.nameToASCII(name, new StringBuilder(), info).toString();
        if (!HARMLESS.containsAll(info.getErrors())) return Optional.empty();
        return Optional.of(ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii);
    }

    /// As people write it.
    ///
    /// @param ascii as it is written down
    static String toUnicode(String ascii) {
        var info = new IDNA.Info();
        var unicode = UTS_46.nameToUnicode(ascii, new StringBuilder(), info).toString();
        return HARMLESS.containsAll(info.getErrors()) ? unicode : ascii;
    }
}
