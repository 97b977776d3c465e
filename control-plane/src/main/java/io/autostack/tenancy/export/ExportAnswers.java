package io.autostack.tenancy.export;

import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.tenancy.TenantRow;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import org.jboss.logging.Logger;

/// How edges answer whoever wants an archive.
@ApplicationScoped
class ExportAnswers {

    static final String ZIP = "application/zip";

    private static final Logger LOG = Logger.getLogger(ExportAnswers.class);

    private static final long LOOK_MILLIS = 5_000;

    private final CurrentVertxRequest request;
    private final Vertx vertx;
    private final ExportsConfig config;

    @Inject
    ExportAnswers(CurrentVertxRequest request, Vertx vertx, ExportsConfig config) {
        this.request = request;
        this.vertx = vertx;
        this.config = config;
    }

    Response of(TenantRow tenant, ExportTenant.Result result) {
        return switch (result) {
            case ExportTenant.Result.NotFrom(var status) ->
                throw Problem.of(
                                ProblemType.CONFLICT,
                                "Only an active or a suspended tenant can be exported; " + tenant.name() + " is "
                                        + status.word() + ".")
                        .exception();
            case ExportTenant.Result.NotNow(var obstacle) ->
                throw Problem.of(ProblemType.CONFLICT, obstacle).exception();
            case ExportTenant.Result.AnotherOfTheTenant() ->
                throw Problem.of(
                                ProblemType.TOO_MANY_REQUESTS,
                                "An export of " + tenant.name()
                                        + " is under way, and there is one at a time. Try again when it has ended.")
                        .exception();
            case ExportTenant.Result.TooManyInAll() ->
                throw Problem.of(
                                ProblemType.UNAVAILABLE,
                                "As many exports as this server makes at once are under way. Try again in a few"
                                        + " minutes.")
                        .exception();
            case ExportTenant.Result.Ready(var archive) ->
                Response.ok(streamed(archive))
                        .type(ZIP)
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                "attachment; filename=\"autostack-" + tenant.slug() + ".zip\"")
                        .build();
        };
    }

    private StreamingOutput streamed(ExportTenant.Archive archive) {
        var current = request.getCurrent();
        var response = current.response();
        current.addEndHandler(over -> archive.giveUp());
        return out -> {
            var download = new UntilGone(out, response::closed, System::nanoTime, config.within(), config.rest());
            long timer = vertx.setPeriodic(LOOK_MILLIS, run -> {
                if (download.isTooSlow()) current.request().connection().close();
            });
            try {
                archive.writeTo(download);
            } catch (IOException e) {
                if (!response.closed()) throw e;
                LOG.debug("the caller did not wait for the end of the archive", e);
            } finally {
                vertx.cancelTimer(timer);
            }
        };
    }
}
