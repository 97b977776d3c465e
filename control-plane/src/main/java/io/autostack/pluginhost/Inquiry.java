package io.autostack.pluginhost;

import java.nio.file.Path;

/// Which jar is to be asked, and for whom.
///
/// @param asker who waits for the answer, for instance a tenant's id: each has only a share of the places
public record Inquiry(Path jar, Origin origin, String asker) {

    /// A jar that comes with the product, asked by the platform itself.
    public static Inquiry bundled(Path jar) {
        return new Inquiry(jar, Origin.BUNDLED, "");
    }
}
