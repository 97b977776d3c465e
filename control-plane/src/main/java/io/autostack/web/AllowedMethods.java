package io.autostack.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which methods an address takes: a 405 must say so (RFC 9110 §15.5.6), and the framework does not.
@ApplicationScoped
class AllowedMethods {

    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

    private final List<Endpoint> endpoints = new ArrayList<>();

    private record Endpoint(Pattern address, String method) {}

    @Inject
    AllowedMethods(BeanManager beans) {
        for (var bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            var type = bean.getBeanClass();
            if (!type.isAnnotationPresent(Path.class)) continue;
            for (var method : type.getDeclaredMethods())
                for (var annotation : method.getAnnotations()) {
                    var verb = annotation.annotationType().getAnnotation(HttpMethod.class);
                    if (verb != null) endpoints.add(new Endpoint(address(type, method), verb.value()));
                }
        }
    }

    /// For the `Allow` header; empty when nothing is at the address.
    String of(String path) {
        var methods = new TreeSet<String>();
        for (var endpoint : endpoints) if (endpoint.address().matcher(path).matches()) methods.add(endpoint.method());
        return String.join(", ", methods);
    }

    private static Pattern address(AnnotatedElement type, AnnotatedElement method) {
        var path = ("/" + word(type) + "/" + word(method)).replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
        return Pattern.compile(PARAMETER.matcher(path).replaceAll("[^/]+"));
    }

    private static String word(AnnotatedElement element) {
        var path = element.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }
}
