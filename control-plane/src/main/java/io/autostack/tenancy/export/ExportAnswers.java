package io.autostack.tenancy.export;

import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.tenancy.TenantRow;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
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

    private final CurrentVertxRequest request;

    @Inject
    ExportAnswers(CurrentVertxRequest request) {
        this.request = request;
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
        var response = request.getCurrent().response();
        return out -> {
            try {
                archive.writeTo(new UntilGone(out, response::closed));
            } catch (IOException brokenOff) {
                if (!response.closed()) throw brokenOff;
                LOG.debug("the caller did not wait for the end of the archive", brokenOff);
            }
        };
    }
}
