package io.autostack.local;

import java.nio.file.Path;
import java.util.List;

/// One training run while an image is built, on the JVM and the files that its containers will have.
public final class AotTraining {

    private AotTraining() {}

    /// @param arguments the folder with `quarkus-run.jar`, the cache to write, and a folder for what the run needs
    public static void main(String[] arguments) {
        var application = Path.of(arguments[0]);
        new TrainingRun(application, Path.of(arguments[2]), List.of()).write(Path.of(arguments[1]));
    }
}
