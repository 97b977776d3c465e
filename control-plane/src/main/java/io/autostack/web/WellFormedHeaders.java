package io.autostack.web;

import io.autostack.shared.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Refuses what the framework would stumble over: media types that are none, and paths that are no text.
@ApplicationScoped
class WellFormedHeaders {

    private static final int AFTER_HOST = 950;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String PARAMETER = "\\s*;\\s*(?:" + TOKEN + "=(?:" + TOKEN + "|\"(?:[^\"\\\\]|\\\\.)*+\"))?";
    private static final Pattern TYPE =
            Pattern.compile(TOKEN + "/" + TOKEN + "(?:" + PARAMETER + ")*+\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern RANGES =
            Pattern.compile("\\s*(?:" + TYPE.pattern() + ")?(?:,\\s*(?:" + TYPE.pattern() + ")?)*+");
    private static final Pattern CHARSET = Pattern.compile(";\\s*charset=\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern WEIGHT = Pattern.compile(";\\s*q=([^;,\\s]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern A_WEIGHT = Pattern.compile("0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?");
    private static final int MAX_LENGTH = 1_000;

    private final EarlyAnswer answer;

    @Inject
    WellFormedHeaders(EarlyAnswer answer) {
        this.answer = answer;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_HOST);
    }

    private void check(RoutingContext context) {
        var headers = context.request().headers();
        if (!isText(context.request().uri()))
            answer.refuse(context, ProblemType.MALFORMED_REQUEST, "The address is not percent-encoded UTF-8.");
        else if (headers.getAll(HttpHeaders.CONTENT_TYPE).size() > 1
                || !isMediaType(headers.get(HttpHeaders.CONTENT_TYPE)))
            answer.refuse(context, ProblemType.WRONG_CONTENT_TYPE, "Content-Type is not a media type.");
        else if (!headers.getAll(HttpHeaders.ACCEPT).stream().allMatch(WellFormedHeaders::areRanges))
            answer.refuse(context, ProblemType.MALFORMED_REQUEST, "Accept is not a list of media types.");
        else context.next();
    }

    private static boolean isMediaType(@Nullable String type) {
        if (type == null) return true;
        if (type.length() > MAX_LENGTH || !TYPE.matcher(type.strip()).matches()) return false;
        var charset = CHARSET.matcher(type);
        try {
            return !charset.find() || Charset.isSupported(charset.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            return false;
        }
    }

    private static boolean areRanges(String accept) {
        return accept.length() <= MAX_LENGTH
                && RANGES.matcher(accept).matches()
                && WEIGHT.matcher(accept)
                        .results()
                        .allMatch(weight -> A_WEIGHT.matcher(weight.group(1)).matches());
    }

    /// Every percent sign begins two digits, and the bytes behind them are UTF-8.
    private static boolean isText(String uri) {
        var bytes = ByteBuffer.allocate(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c > 126 || c < 33) return false;
            if (c != '%') bytes.put((byte) c);
            else if (i + 2 < uri.length()
                    && HexFormat.isHexDigit(uri.charAt(i + 1))
                    && HexFormat.isHexDigit(uri.charAt(i + 2))) {
                bytes.put((byte) HexFormat.fromHexDigits(uri, i + 1, i + 3));
                i += 2;
            } else return false;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
