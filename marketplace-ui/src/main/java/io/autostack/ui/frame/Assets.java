package io.autostack.ui.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Addresses of the served files. They are served as immutable, so the address has to change with the content.
final class Assets {

    static final String STYLES = address("app.css");
    static final String SCRIPT = address("app.js");
    static final String ICONS = address("icons.svg");

    private Assets() {}

    private static String address(String file) {
        try (var in = Assets.class.getResourceAsStream("/META-INF/resources/ui/" + file)) {
            if (in == null) throw new IllegalStateException(file + " was not built into marketplace-ui");
            var hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            return "/ui/" + file + "?v=" + HexFormat.of().formatHex(hash, 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
