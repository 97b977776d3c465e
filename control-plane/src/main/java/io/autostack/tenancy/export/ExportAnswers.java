package io.autostack.tenancy.export;

import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.tenancy.TenantRow;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/// How edges answer whoever wants an archive.
final class ExportAnswers {

    static final String ZIP = "application/zip";

    private ExportAnswers() {}

    static Response of(TenantRow tenant, ExportTenant.Result result) {
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
                Response.ok((StreamingOutput) archive::writeTo)
                        .type(ZIP)
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                "attachment; filename=\"autostack-" + tenant.slug() + ".zip\"")
                        .build();
        };
    }
}
