package io.autostack.billing.export;

import io.autostack.billing.Charges;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.metering.Period;
import io.autostack.shared.Problem;
import io.autostack.shared.Scope;
import io.autostack.shared.Scopes;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The billing export for finance.
@Path("/api/v1/billing/export")
@Tag(name = "Billing")
class BillingExportApi {

    private final Callers callers;
    private final Charges charges;
    private final Scopes scopes;
    private final InstantSource clock;
    private final String issuer;

    @Inject
    BillingExportApi(
            Callers callers,
            Charges charges,
            Scopes scopes,
            InstantSource clock,
            @ConfigProperty(name = "autostack.billing.issuer", defaultValue = "AutoStack") String issuer) {
        this.callers = callers;
        this.charges = charges;
        this.scopes = scopes;
        this.clock = clock;
        this.issuer = issuer;
    }

    @GET
    @Produces("text/csv")
    @Operation(
            operationId = "exportBilling",
            summary = "A month's charges as a file",
            description =
                    "FOCUS CSV of all tenants: one Purchase row for each tenant's plan, at its full monthly price (no"
                            + " proration), and one Usage row for each meter it used, which the plan includes. Streams.")
    @APIResponse(responseCode = "200", description = "The file")
    @APIResponse(responseCode = "403", description = "Not finance or operator")
    @APIResponse(responseCode = "422", description = "Not a month that has begun, or an unknown format or version")
    public Response export(
            @Parameter(description = "yyyy-MM, in UTC", example = "2026-11", required = true)
                    @QueryParam("period")
                    @Nullable
                    String period,
            @Parameter(description = "focus-csv") @QueryParam("format") @DefaultValue("focus-csv") String format,
            @Parameter(description = "FOCUS version: 1.4 or 1.2") @QueryParam("focus") @DefaultValue("1.4")
                    String focus) {
        var caller = callers.current().mustBe(Role.FINANCE, Role.OPERATOR);
        if (!format.equals("focus-csv"))
            throw Problem.field("format", "must be focus-csv").exception();
        var version = FocusVersion.of(focus)
                .orElseThrow(() -> Problem.field("focus", "must be " + FocusVersion.words())
                        .exception());
        var month = Period.required(period, clock.instant());
        var scope = caller.tenantBound().<Scope>map(Scope.OfTenant::new).orElse(Scope.PLATFORM);
        StreamingOutput file = out -> scopes.in(scope, () -> write(month, version, out));
        return Response.ok(file)
                .type("text/csv; charset=UTF-8; header=present")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"autostack-focus-" + version.word() + "-" + month + ".csv\"")
                .build();
    }

    private Period write(Period month, FocusVersion version, OutputStream out) {
        try (var csv = new FocusCsv(version, issuer, out)) {
            charges.forEach(month, csv::write);
            return month;
        } catch (IOException e) {
            throw new UncheckedIOException("the caller does not read on", e);
        }
    }
}
