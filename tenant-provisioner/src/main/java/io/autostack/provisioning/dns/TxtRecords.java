package io.autostack.provisioning.dns;

import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.dns.DnsException;
import io.vertx.core.dns.DnsResponseCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What a name server says in TXT records. Asked anew each time; the server may remember.
@ApplicationScoped
public class TxtRecords {

    private static final long PATIENCE_SECONDS = 5;
    private static final int USUAL_PORT = 53;

    private final Vertx vertx;
    private final DnsClientOptions options;

    /// @param server `host` or `host:port`; empty for the server that this machine uses
    @Inject
    TxtRecords(Vertx vertx, @ConfigProperty(name = "autostack.dns.server") Optional<String> server) {
        this.vertx = vertx;
        this.options = new DnsClientOptions().setQueryTimeout(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        server.map(given -> URI.create("dns://" + given))
                .ifPresent(address -> options.setHost(address.getHost())
                        .setPort(address.getPort() < 0 ? USUAL_PORT : address.getPort()));
    }

    /// What came back.
    public sealed interface Answer {

        /// Empty when there is no such name, or none with a text.
        record Texts(List<String> texts) implements Answer {}

        /// Nothing that could be relied on.
        record NoAnswer(String reason) implements Answer {}
    }

    public Answer ask(String name) {
        var client = vertx.createDnsClient(options);
        try {
            return new Answer.Texts(List.copyOf(client.resolveTXT(name)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(2 * PATIENCE_SECONDS, TimeUnit.SECONDS)));
        } catch (ExecutionException e) {
            var cause = e.getCause();
            return cause instanceof DnsException answer && answer.code() == DnsResponseCode.NXDOMAIN
                    ? new Answer.Texts(List.of())
                    : new Answer.NoAnswer(cause == null ? "no reason given" : String.valueOf(cause.getMessage()));
        } catch (TimeoutException _) {
            return new Answer.NoAnswer("it took too long");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Answer.NoAnswer("interrupted");
        } finally {
            client.close();
        }
    }
}
