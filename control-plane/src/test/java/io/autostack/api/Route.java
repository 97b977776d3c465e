package io.autostack.api;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An address that the application answers, as its endpoints declare it.
record Route(String method, String path) {

    private static final Pattern PARAMETER = Pattern.compile("\\{\\s*([A-Za-z]+)\\s*(?::[^}]*)?}");
    private static final java.nio.file.Path CLASSES = java.nio.file.Path.of("target/classes");

    static List<Route> all() {
        var routes = new TreeSet<Route>(Comparator.comparing(Route::path).thenComparing(Route::method));
        for (var type : classes())
            for (var method : type.getDeclaredMethods())
                for (var annotation : method.getAnnotations()) {
                    var verb = annotation.annotationType().getAnnotation(HttpMethod.class);
                    if (verb != null)
                        routes.add(new Route(
                                verb.value(),
                                joined(type.getAnnotation(Path.class), method.getAnnotation(Path.class))));
                }
        return List.copyOf(routes);
    }

    private static List<Class<?>> classes() {
        try (var files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(name -> name.startsWith("io/autostack/") && name.endsWith(".class"))
                    .filter(name -> !name.contains("package-info"))
                    .<Class<?>>map(name -> loaded(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.')))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String joined(@Nullable Path type, @Nullable Path method) {
        var path = ("/" + (type == null ? "" : type.value()) + "/" + (method == null ? "" : method.value()))
                .replaceAll("/+", "/");
        if (path.length() > 1 && path.endsWith("/")) path = path.substring(0, path.length() - 1);
        return PARAMETER.matcher(path).replaceAll("{$1}");
    }

    boolean isApi() {
        return path.startsWith("/api/");
    }

    Set<String> parameters() {
        var names = new TreeSet<String>();
        PARAMETER.matcher(path).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    String filled(Map<String, String> values) {
        var address = path;
        for (var value : new TreeMap<>(values).entrySet())
            address = address.replace("{" + value.getKey() + "}", value.getValue());
        return address;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
