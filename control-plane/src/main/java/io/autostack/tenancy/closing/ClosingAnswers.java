package io.autostack.tenancy.closing;

import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.tenancy.TenantRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/// What callers hear about closing, reopening and deleting.
final class ClosingAnswers {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private ClosingAnswers() {}

    /// The operation to follow.
    ///
    /// @param rule says from which status it works, without its end
    /// @throws io.autostack.shared.ProblemException when it was not accepted
    static UUID operation(TenantRow tenant, CloseOrReopen.Result result, String rule) {
        return switch (result) {
            case CloseOrReopen.Result.Accepted(var operation) -> operation;
            case CloseOrReopen.Result.Unconfirmed none ->
                throw unconfirmed(tenant).exception();
            case CloseOrReopen.Result.NotFrom(var status) ->
                throw conflict(rule + "; " + tenant.name() + " is " + status.word() + ".")
                        .exception();
            case CloseOrReopen.Result.UnderWay(var operation) ->
                throw conflict("“" + operation.title() + "” is under way. Wait for its end, then ask again.")
                        .with("operation", operation.id().toString())
                        .exception();
            case CloseOrReopen.Result.HalfBuilt(var app) ->
                throw conflict("The deployment of “" + app
                                + "” failed and left half of it. Retry or release it, then close the tenant.")
                        .exception();
            case CloseOrReopen.Result.NeverServed none ->
                throw conflict(tenant.name()
                                + " never became active: its onboarding was released, and nothing of it was kept.")
                        .exception();
            case CloseOrReopen.Result.Deleted(var at) ->
                throw conflict(tenant.name() + " was deleted for good on " + day(at)
                                + "; its certificate says what that means.")
                        .with("deletedAt", at.toString())
                        .with("certificate", "/api/v1/tenants/" + tenant.id() + "/certificate")
                        .exception();
            case CloseOrReopen.Result.TooLate(var until) ->
                throw conflict(tenant.name() + " could come back until " + day(until)
                                + ". Its deletion begins any moment.")
                        .exception();
            case CloseOrReopen.Result.BeingDeleted(var operation) ->
                throw conflict(tenant.name() + " is being deleted for good; that cannot be stopped.")
                        .with("operation", operation.toString())
                        .exception();
        };
    }

    static Problem unconfirmed(TenantRow tenant) {
        return Problem.field("confirm", sentence(tenant));
    }

    static String sentence(TenantRow tenant) {
        return "must be the short name of the tenant, “" + tenant.slug() + "”";
    }

    static String day(Instant at) {
        return DAY.format(at);
    }

    private static Problem conflict(String detail) {
        return Problem.of(ProblemType.CONFLICT, detail);
    }
}
