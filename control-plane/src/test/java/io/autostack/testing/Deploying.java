package io.autostack.testing;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/// Deployments for tests, made the way a member of a tenant does it.
public final class Deploying {

    public static final String TEMPLATE = "nextjs-postgresql";

    private Deploying() {}

    public static Response askForPlan(RequestSpecification caller, String tenant, Map<String, ?> wanted) {
        return caller.contentType("application/json")
                .body(wanted)
                .post("/api/v1/tenants/" + tenant + "/deployment-plans");
    }

    /// The id of a plan for an app of this name, everything else as the template suggests.
    public static String plan(RequestSpecification caller, String tenant, String name) {
        var made = askForPlan(caller, tenant, Map.of("template", TEMPLATE, "name", name));
        made.then().statusCode(201);
        return JsonAnswer.of(made).text("id");
    }

    public static Response approve(RequestSpecification caller, String tenant, String plan) {
        return caller.contentType("application/json")
                .body(Map.of("plan", plan))
                .post("/api/v1/tenants/" + tenant + "/deployments");
    }

    /// An app that runs.
    public static Response deployed(
            RequestSpecification planner, RequestSpecification approver, String tenant, String name) {
        var accepted = approve(approver, tenant, plan(planner, tenant, name));
        Onboarding.finished(Onboarding.accepted(accepted), "done");
        return accepted;
    }
}
