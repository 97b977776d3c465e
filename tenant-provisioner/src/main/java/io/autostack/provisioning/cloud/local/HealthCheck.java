package io.autostack.provisioning.cloud.local;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/// Asks a container whether it is ready, the way a load balancer does.
final class HealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// Made when the first container is asked: it reads the certificates that the machine trusts.
    private static final class Shared {

        private static final HttpClient CLIENT = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /// @param words what it did, to follow after the path
    record Answer(boolean well, String words) {}

    Answer ask(String address, String path) {
        if (!address.startsWith("http://")) return new Answer(false, "cannot be asked: its port is " + address);
        try {
            var request = HttpRequest.newBuilder(URI.create(address + path))
                    .timeout(PATIENCE)
                    .build();
            int status = status(request);
            return new Answer(status >= 200 && status < 300, "answered " + status);
        } catch (IllegalArgumentException e) {
            return new Answer(false, "is not a path that can be asked");
        } catch (HttpTimeoutException e) {
            return new Answer(false, "did not answer within " + PATIENCE.toSeconds() + " s");
        } catch (ConnectException e) {
            return new Answer(false, "is not served yet");
        } catch (IOException e) {
            return new Answer(false, "broke off before it had answered");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(false, "was not asked: this worker is ending");
        }
    }

    /// Its headers say enough: a body may never end.
    private int status(HttpRequest request) throws IOException, InterruptedException {
        var answer = Shared.CLIENT.send(request, BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }
}
