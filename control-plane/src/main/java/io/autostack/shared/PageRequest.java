package io.autostack.shared;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which page of a list is wanted: how many rows, and behind which key.
///
/// @param size 1 to `Page.MAX`
/// @param after key of the last row of the page before; null for the first page
public record PageRequest(int size, @Nullable String after) {

    /// Reads what a caller sent.
    ///
    /// @param pageSize as it was typed: the framework answers 404 to a query parameter that is not a number
    /// @throws ProblemException when the size is not 1 to 500 or the token was not made by this list
    public static PageRequest of(@Nullable String pageSize, @Nullable String pageToken) {
        return new PageRequest(size(pageSize), pageToken == null || pageToken.isBlank() ? null : key(pageToken));
    }

    public Optional<UUID> afterId() {
        if (after == null) return Optional.empty();
        try {
            return Optional.of(UUID.fromString(after));
        } catch (IllegalArgumentException _) {
            throw badToken();
        }
    }

    private static int size(@Nullable String typed) {
        if (typed == null || typed.isBlank()) return Page.DEFAULT_SIZE;
        if (!typed.matches("[0-9]{1,3}") || Integer.parseInt(typed) < 1 || Integer.parseInt(typed) > Page.MAX)
            throw Problem.field("page_size", "must be a whole number between 1 and " + Page.MAX)
                    .exception();
        return Integer.parseInt(typed);
    }

    static String token(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw badToken();
        }
    }

    static ProblemException badToken() {
        return Problem.field("page_token", "is not one that this list gave out; start again without it")
                .exception();
    }
}
