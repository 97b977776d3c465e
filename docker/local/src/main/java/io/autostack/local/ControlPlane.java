package io.autostack.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.autostack.local.process.Running;
import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.Secrets;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;

/// The control plane's HTTP API, as the commands use it: `AUTOSTACK_URL` and `AUTOSTACK_TOKEN`, or the
/// local run.
///
/// @param home the installation
record ControlPlane(Path home) {

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + "/api/v1" + path))
                .header("Authorization", "Bearer " + token())
                .header("Accept", "application/json, application/problem+json");
    }

    /// The answer, if it was a good one; otherwise the command ends with what the problem says.
    HttpResponse<String> send(HttpRequest request) {
        var response = Http.send(request);
        if (response.statusCode() / 100 == 2) return response;
        throw new StartFailed(problem(response));
    }

    JsonNode json(HttpResponse<String> response) {
        try {
            return Json.read(response.body());
        } catch (IllegalArgumentException e) {
            throw new StartFailed("the control plane answered something else than JSON: " + response.body(), e);
        }
    }

    private static String problem(HttpResponse<String> response) {
        try {
            var problem = Json.read(response.body());
            if (problem.hasNonNull("title")) {
                var detail = problem.path("detail").asText("");
                return problem.path("title").asText() + (detail.isEmpty() ? "" : ": " + detail);
            }
        } catch (IllegalArgumentException _) {
            // then the status must do
        }
        return "the control plane answered " + response.statusCode() + " to " + response.uri() + " " + response.body();
    }

    private String address() {
        return Optional.ofNullable(System.getenv("AUTOSTACK_URL"))
                .or(() -> Running.find(home, Run.CONTROL_PLANE).map(Running::address))
                .orElseThrow(() -> new StartFailed(
                        "AutoStack is not running: start it with ./autostack run, or set AUTOSTACK_URL"));
    }

    private String token() {
        return Optional.ofNullable(System.getenv("AUTOSTACK_TOKEN"))
                .orElseGet(() -> Secrets.in(home).token("cli.token"));
    }
}
