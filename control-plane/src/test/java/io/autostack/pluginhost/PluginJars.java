package io.autostack.pluginhost;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;

/// The jars that the build made, and tiny plugins made on the spot.
public final class PluginJars {

    private PluginJars() {}

    static Path runner() {
        return built("../plugin-api/runner/target", "autostack-plugin-runner-", "-all.jar");
    }

    static Path nextJs() {
        return built("../plugins/nextjs-postgresql/target", "autostack-nextjs-postgresql-", ".jar");
    }

    /// A plugin "tiny" with these bodies of `describe` and `plan`; both may use `SOUND` and `plain(summary)`.
    public static Path tiny(Path folder, String describe, String plan) throws IOException {
        return jar(folder, describe, plan, ">=0.1.0 & <0.2.0", "tiny.Tiny\n");
    }

    static Path jar(Path folder, String describe, String plan, String requires, String index) throws IOException {
        var classes = Files.createDirectories(folder.resolve("classes"));
        compile(folder, classes, describe, plan);
        var jar = folder.resolve("tiny.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest(requires));
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList())
                put(out, classes.relativize(file).toString(), Files.readAllBytes(file));
            put(out, "META-INF/extensions.idx", index.getBytes(UTF_8));
        }
        return jar;
    }

    private static void compile(Path folder, Path classes, String describe, String plan) throws IOException {
        var source = Files.writeString(
                Files.createDirectories(folder.resolve("tiny")).resolve("Tiny.java"), """
                package tiny;

                import io.autostack.plugin.*;
                import java.util.*;

                public class Tiny implements StackTemplate {
                    static final StackPlan SOUND = StackPlan.of(new Component.Secret("token", List.of("value")));

                    static TemplateDescription plain(String summary) {
                        return new TemplateDescription(
                            "tiny", "Tiny", summary, "Tiny.", "Tests", List.of(), "", "MIT", Set.of(Permission.SECRET));
                    }

                    static void say(String raw) throws Exception {
                        var out = new java.io.FileOutputStream(java.io.FileDescriptor.out);
                        out.write(raw.getBytes());
                        out.flush();
                    }

                    public TemplateDescription describe() {
                        try { %s } catch (Exception e) { throw new IllegalStateException(e); }
                    }

                    public StackPlan plan(Answers answers) {
                        try { %s } catch (Exception e) { throw new IllegalStateException(e); }
                    }

                    /// A function of the C library, with numbers and addresses.
                    static long call(String function, long... arguments) throws Exception {
                        var linker = java.lang.foreign.Linker.nativeLinker();
                        var longs = new java.lang.foreign.MemoryLayout[arguments.length];
                        Arrays.fill(longs, java.lang.foreign.ValueLayout.JAVA_LONG);
                        var given = new ArrayList<Object>();
                        for (var argument : arguments) given.add(argument);
                        try {
                            return (long) linker.downcallHandle(
                                    linker.defaultLookup().findOrThrow(function),
                                    java.lang.foreign.FunctionDescriptor.of(
                                            java.lang.foreign.ValueLayout.JAVA_LONG, longs)).invokeWithArguments(given);
                        } catch (Throwable broken) {
                            throw new IllegalStateException(broken);
                        }
                    }

                    /// A second JVM, the only program that there is in a cage.
                    static Process child(String heap, String task) throws Exception {
                        var jar = Tiny.class.getProtectionDomain().getCodeSource().getLocation().getPath();
                        return new ProcessBuilder(
                                System.getProperty("java.home") + "/bin/java", "-Xmx" + heap, "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1", "-XX:CompressedClassSpaceSize=16m",
                                "-XX:ReservedCodeCacheSize=16m", "-cp", jar, "tiny.Child", task).start();
                    }
                }

                class Child {
                    public static void main(String[] task) throws Exception {
                        var eaten = new ArrayList<byte[]>();
                        if (task[0].equals("eat"))
                            while (eaten.size() < 250) {
                                eaten.add(new byte[1 << 20]);
                                Arrays.fill(eaten.getLast(), (byte) 1);
                            }
                        Thread.sleep(86_399_000);
                    }
                }
                """.formatted(describe, plan));
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        var options = List.of("-proc:none", "-nowarn", "-cp", runner().toString(), "-d", classes.toString());
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source));
            if (!task.call()) throw new AssertionError("the tiny plugin does not compile: " + messages);
        }
    }

    private static Manifest manifest(String requires) {
        var manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Plugin-Id", "tiny");
        manifest.getMainAttributes().putValue("Plugin-Version", "1.0.0");
        manifest.getMainAttributes().putValue("Plugin-Requires", requires);
        return manifest;
    }

    private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private static Path built(String folder, String prefix, String suffix) {
        try (var files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)
                            && file.getFileName().toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException | NoSuchElementException e) {
            throw new AssertionError("Build " + folder + " first (mvnw package).", e);
        }
    }
}
