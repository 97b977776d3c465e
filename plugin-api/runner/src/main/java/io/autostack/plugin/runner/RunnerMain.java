package io.autostack.plugin.runner;

import io.autostack.plugin.json.Answer;
import io.autostack.plugin.json.PluginJson;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/// `describe PLUGIN.jar` or `plan PLUGIN.jar`: one JSON request on standard input, one JSON answer on standard
/// output.
///
/// Whoever starts it must not trust the answer: the plugin runs in this process and could have written it
/// itself.
public final class RunnerMain {

    private static final int MAX_REQUEST = 256 * 1024;
    private static final int USAGE = 64;
    private static final int BROKEN = 70;

    private RunnerMain() {}

    public static void main(String[] arguments) throws IOException {
        // The plugin's own printing goes to the log, so that standard output holds the answer and nothing else.
        var answers = new FileOutputStream(FileDescriptor.out);
        System.setOut(new PrintStream(System.err, true, StandardCharsets.UTF_8));
        if (arguments.length != 2 || !(arguments[0].equals("describe") || arguments[0].equals("plan"))) {
            System.err.println("usage: (describe | plan) PLUGIN.jar, with a JSON request on standard input");
            Runtime.getRuntime().halt(USAGE);
        }
        int code = BROKEN;
        try {
            var answer = answer(arguments[0], Path.of(arguments[1]));
            answers.write((PluginJson.write(answer) + "\n").getBytes(StandardCharsets.UTF_8));
            answers.flush();
            code = 0;
        } catch (IOException | RuntimeException | Error e) {
            e.printStackTrace(System.err);
        } finally {
            // Threads and shutdown hooks that the plugin left behind must not keep the process alive.
            Runtime.getRuntime().halt(code);
        }
    }

    static Answer answer(String question, Path jar) throws IOException {
        if (!Files.isRegularFile(jar)) return Answer.Problem.with("There is no plugin jar at the given path.");
        if (question.equals("describe"))
            return ask(
                    jar,
                    plugin -> new Interview(plugin.template())
                            .describe(plugin.facts().pluginId()));
        var request = System.in.readNBytes(MAX_REQUEST + 1);
        System.setIn(InputStream.nullInputStream());
        if (request.length > MAX_REQUEST)
            return Answer.Problem.with("The request is larger than " + MAX_REQUEST + " bytes.");
        try {
            var raw = PluginJson.readRequest(new String(request, StandardCharsets.UTF_8));
            return ask(jar, plugin -> new Interview(plugin.template()).plan(raw));
        } catch (PluginJson.Malformed e) {
            return Answer.Problem.with("The request cannot be understood: " + e.getMessage() + ".");
        }
    }

    private static Answer ask(Path jar, Function<LoadedPlugin, Answer> question) throws IOException {
        return switch (LoadedPlugin.load(jar)) {
            case LoadedPlugin.Loading.Refused(var reason) -> Answer.Problem.with(reason);
            case LoadedPlugin.Loading.Loaded(var plugin) -> question.apply(plugin);
        };
    }
}
