package io.autostack.local;

import io.autostack.local.process.StartFailed;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The folder with the sources and what was built from them.
///
/// @param root holds the launcher script
record Repository(Path root) {

    /// Found from where these classes lie, or else upwards from the working folder.
    static Repository find() {
        return upwards(classes())
                .or(() -> upwards(Path.of("").toAbsolutePath()))
                .map(Repository::new)
                .orElseThrow(() -> new StartFailed("cannot find the AutoStack repository around " + classes()));
    }

    /// The folder of the packaged control plane.
    Path controlPlane() {
        return root.resolve("control-plane/target/quarkus-app");
    }

    /// The class path of the control plane, for what can be asked of its classes while it does not run.
    String controlPlaneClasses() {
        var built = controlPlane();
        if (!Files.isDirectory(built))
            throw new StartFailed(built + " is not there: build first, with ./mvnw -Dquick package");
        return String.join(
                File.pathSeparator,
                built.resolve("app") + "/*",
                built.resolve("quarkus") + "/*",
                built.resolve("lib/main") + "/*",
                built.resolve("lib/boot") + "/*");
    }

    /// The class path of the reference application.
    String referenceApplication() {
        var target = root.resolve("docker/reference-app/target");
        return onlyMatch(target, "autostack-reference-app-?.?.?.jar")
                        .orElseThrow(() -> new StartFailed(
                                target + " holds no application: build first, with ./mvnw -Dquick package"))
                + File.pathSeparator + target.resolve("lib") + "/*";
    }

    /// The unpacked distribution of the identity provider.
    Path keycloak() {
        return onlyMatch(root.resolve("docker/local/target/keycloak"), "keycloak-*")
                .orElseThrow(() -> new StartFailed(
                        "docker/local/target/keycloak is not there: build first, with ./mvnw -Dquick package"));
    }

    /// Below it the build unpacks the programs of the embedded database, beside everything else it does.
    Path postgres() {
        return root.resolve("docker/local/target/postgres");
    }

    /// The jar in which plugins are loaded: the one which carries all it needs.
    Optional<Path> pluginRunner() {
        return onlyMatch(root.resolve("plugin-api/runner/target"), "autostack-plugin-runner-*-all.jar");
    }

    /// The jars of all first-party template plugins that were built.
    List<Path> plugins() {
        try (var folders = Files.newDirectoryStream(root.resolve("plugins"), Files::isDirectory)) {
            var jars = new ArrayList<Path>();
            for (var folder : folders)
                onlyMatch(folder.resolve("target"), "*-?.?.?.jar").ifPresent(jars::add);
            return List.copyOf(jars);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> onlyMatch(Path folder, String pattern) {
        if (!Files.isDirectory(folder)) return Optional.empty();
        try (var found = Files.newDirectoryStream(folder, pattern)) {
            var all = found.iterator();
            return all.hasNext() ? Optional.of(all.next()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> upwards(Path start) {
        for (Path folder = start; folder != null; folder = folder.getParent())
            if (Files.isDirectory(folder.resolve("control-plane")) && Files.isDirectory(folder.resolve("docker/local")))
                return Optional.of(folder);
        return Optional.empty();
    }

    private static Path classes() {
        try {
            var source = Repository.class.getProtectionDomain().getCodeSource();
            return source == null
                    ? Path.of("").toAbsolutePath()
                    : Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
