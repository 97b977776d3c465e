package io.autostack.tenancy;

import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/// How edges answer a request for a change of a tenant.
public final class ChangeAnswers {

    private ChangeAnswers() {}

    /// For programs: 202 with the operation to follow.
    ///
    /// @param rule the sentence that says from which status it works, without its end
    /// @throws io.autostack.shared.ProblemException when the tenant is in another status, or a rival is under way
    public static Response forProgram(TenantRow tenant, ChangeRequest.Result result, String rule) {
        return switch (result) {
            case ChangeRequest.Result.Accepted(var operation) -> accepted(operation);
            case ChangeRequest.Result.NotFrom(var status) ->
                throw Problem.of(ProblemType.CONFLICT, rule + "; " + tenant.name() + " is " + status.word() + ".")
                        .exception();
            case ChangeRequest.Result.UnderWay(var operation) ->
                throw Problem.of(ProblemType.CONFLICT, "Another change of this kind is under way; follow that one.")
                        .with("operation", operation.toString())
                        .exception();
        };
    }

    public static Response accepted(UUID operation) {
        return Response.accepted(Map.of("operation", operation))
                .location(URI.create("/api/v1/operations/" + operation))
                .build();
    }

    /// For people: to the operation; a page that was out of date shows the tenant as it is.
    public static Response forPerson(TenantRow tenant, ChangeRequest.Result result) {
        return Response.seeOther(URI.create(
                        switch (result) {
                            case ChangeRequest.Result.Accepted(var operation) -> "/operations/" + operation;
                            case ChangeRequest.Result.UnderWay(var operation) -> "/operations/" + operation;
                            case ChangeRequest.Result.NotFrom notNow -> "/tenants/" + tenant.slug();
                        }))
                .build();
    }
}
