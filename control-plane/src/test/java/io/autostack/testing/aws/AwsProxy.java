package io.autostack.testing.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Stands before the emulator: hears every call by its name, whatever protocol it comes in, and makes faults that were
/// asked for. Signatures are not checked by anybody, so answers may be changed.
final class AwsProxy implements AutoCloseable {

    private static final Set<String> NOT_HANDED_ON =
            Set.of("connection", "content-length", "expect", "host", "upgrade");
    private static final Pattern RECORDS = Pattern.compile("/2013-04-01/hostedzone/[^/]+/rrset/?");

    private static final Pattern CREATION =
            Pattern.compile("<Action>CREATE</Action>\\s*<ResourceRecordSet>\\s*<Name>([^<]+)</Name>");

    private final URI emulator;
    private final Function<String, List<String>> records;
    private final RdsAnswers rds;
    private final EcsAnswers ecs = new EcsAnswers();
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Set<String> met = ConcurrentHashMap.newKeySet();
    private volatile AwsFault forEach = AwsFault.NONE;
    private final List<Trouble> troubles = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();

    /// @param records types of the records that a name has
    AwsProxy(URI emulator, RdsAnswers rds, Function<String, List<String>> records) {
        this.emulator = emulator;
        this.records = records;
        this.rds = rds;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /// @param call name of the operation; empty for any
    private record Trouble(String call, AwsFault fault, int[] left) {}

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// @param times how many calls meet it
    void make(String call, AwsFault fault, int times) {
        troubles.add(new Trouble(call, fault, new int[] {times}));
    }

    /// The next call of each name meets it.
    void makeOnceForEach(AwsFault fault) {
        met.clear();
        forEach = fault;
    }

    /// Those that met what was made for each.
    Set<String> met() {
        return Set.copyOf(met);
    }

    /// A JSON call is refused so, some times.
    void refuse(String call, String type, String message, int times) {
        refusals.add(new Refusal(call, type, message, new int[] {times}));
    }

    private record Refusal(String call, String type, String message, int[] left) {}

    private synchronized Optional<Refusal> refusal(String call) {
        return refusals.stream()
                .filter(refusal -> refusal.call().equals(call) && refusal.left()[0]-- > 0)
                .findFirst();
    }

    void makeNone() {
        troubles.clear();
        refusals.clear();
        forEach = AwsFault.NONE;
    }

    /// All calls since the start.
    List<Heard> heard() {
        return List.copyOf(heard);
    }

    /// @param nanos when, of the process's own clock
    record Heard(String call, long nanos) {}

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var parameters = parameters(exchange, body);
            var call = name(exchange, parameters);
            heard.add(new Heard(call, System.nanoTime()));
            var refusal = refusal(call);
            if (refusal.isPresent()) {
                refuse(exchange, 400, "", refusal.get().type(), refusal.get().message());
                return;
            }
            switch (next(call)) {
                case NONE -> {
                    var taken = call.equals("ChangeResourceRecordSets") ? taken(body) : Optional.<String>empty();
                    if (taken.isEmpty()) answer(exchange, forward(exchange, body), call, parameters, body);
                    else refuse(exchange, 400, "InvalidChangeBatch", "", taken.get());
                }
                case THROTTLED -> refuse(exchange, 400, "Throttling", "ThrottlingException", "Rate exceeded");
                case SERVER_ERROR -> refuse(exchange, 500, "InternalFailure", "InternalServiceError", "We are sorry");
                case DENIED ->
                    refuse(exchange, 403, "AccessDenied", "AccessDeniedException", "User is not authorized to perform");
                case LOST -> after(exchange, call, parameters, body, forward(exchange, body));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Route 53 refuses a name that is taken; moto lets whoever comes last have it.
    private Optional<String> taken(byte[] body) {
        return CREATION.matcher(new String(body, StandardCharsets.UTF_8))
                .results()
                .map(change -> change.group(1))
                .filter(name -> !records.apply(name).isEmpty())
                .findFirst()
                .map(name -> "Tried to create resource record set [name='" + name + "'] but it already exists");
    }

    private synchronized AwsFault next(String call) {
        for (var trouble : troubles)
            if ((trouble.call().isEmpty() || trouble.call().equals(call)) && trouble.left()[0] > 0) {
                trouble.left()[0]--;
                return trouble.fault();
            }
        return forEach != AwsFault.NONE && met.add(call) ? forEach : AwsFault.NONE;
    }

    private HttpResponse<String> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        emulator.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_HANDED_ON.contains(name.toLowerCase(Locale.ROOT)))
                values.forEach(value -> request.header(name, value));
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String after(
            HttpExchange exchange,
            String call,
            Map<String, String> parameters,
            byte[] given,
            HttpResponse<String> answer) {
        var target = exchange.getRequestHeaders().getFirst("x-amz-target");
        return target != null && EcsAnswers.isTheirs(target)
                ? ecs.after(call, new String(given, StandardCharsets.UTF_8), answer)
                : rds.after(call, parameters, answer);
    }

    private void answer(
            HttpExchange exchange,
            HttpResponse<String> answer,
            String call,
            Map<String, String> parameters,
            byte[] given)
            throws IOException {
        var body = after(exchange, call, parameters, given, answer);
        answer.headers()
                .firstValue("content-type")
                .ifPresent(type -> exchange.getResponseHeaders().set("content-type", type));
        answer.headers()
                .firstValue("x-amzn-requestid")
                .ifPresent(id -> exchange.getResponseHeaders().set("x-amzn-requestid", id));
        send(exchange, answer.statusCode(), body);
    }

    private static void refuse(HttpExchange exchange, int status, String code, String type, String message)
            throws IOException {
        var target = exchange.getRequestHeaders().getFirst("x-amz-target");
        send(
                exchange,
                status,
                target != null
                        ? "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(type, message)
                        : """
                                <ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>\
                                <RequestId>made-by-the-proxy</RequestId></ErrorResponse>\
                                """.formatted(code, message));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /// Of the query protocol.
    private static Map<String, String> parameters(HttpExchange exchange, byte[] body) {
        var type = exchange.getRequestHeaders().getFirst("content-type");
        var parameters = new HashMap<String, String>();
        if (type == null || !type.startsWith("application/x-www-form-urlencoded")) return parameters;
        Arrays.stream(new String(body, StandardCharsets.UTF_8).split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return parameters;
    }

    private static String name(HttpExchange exchange, Map<String, String> parameters) {
        var target = exchange.getRequestHeaders().getFirst("x-amz-target");
        if (target != null) return target.substring(target.indexOf('.') + 1);
        if (parameters.containsKey("Action")) return parameters.getOrDefault("Action", "");
        var path = exchange.getRequestURI().getPath();
        if (RECORDS.matcher(path).matches())
            return exchange.getRequestMethod().equals("POST") ? "ChangeResourceRecordSets" : "ListResourceRecordSets";
        if (path.startsWith("/2013-04-01/hostedzone/")) return "GetHostedZone";
        return path.startsWith("/2013-04-01/change/") ? "GetChange" : exchange.getRequestMethod() + " " + path;
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
