package io.autostack.web;

import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.ui.problem.ProblemTypePage;
import io.autostack.ui.problem.ProblemTypesPage;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Arrays;

/// The catalogue of problem types for people who follow the address of one; programs get it from `ProblemsApi`.
@Path("/problems")
@Produces(ProblemTypePages.ONLY_IF_ASKED_FOR)
class ProblemTypePages {

    /// Whoever takes anything is a program.
    static final String ONLY_IF_ASKED_FOR = "text/html;qs=0.5";

    private final Frames frames;

    @Inject
    ProblemTypePages(Frames frames) {
        this.frames = frames;
    }

    @GET
    public TemplateInstance all() {
        return new ProblemTypesPage(
                frames.frame("Types of problems"),
                Arrays.stream(ProblemType.values()).map(ProblemTypePages::shown).toList());
    }

    @GET
    @Path("{slug}")
    public TemplateInstance get(String slug) {
        var type = Arrays.stream(ProblemType.values())
                .filter(one -> one.slug().equals(slug))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no such type of problem; /problems lists them all.")
                        .exception());
        return new ProblemTypePage(frames.frame(type.title()), shown(type));
    }

    private static io.autostack.ui.problem.ProblemType shown(ProblemType type) {
        var about = about(type);
        return new io.autostack.ui.problem.ProblemType(
                type.slug(), type.status(), type.title(), about.when(), about.helps());
    }

    private record About(String when, String helps) {}

    private static About about(ProblemType type) {
        return switch (type) {
            case INVALID_INPUT ->
                new About(
                        "Some fields are not valid; the answer names each of them.",
                        "Correct the fields that are named and send it again.");
            case MALFORMED_REQUEST ->
                new About("The request cannot be read.", "Send a complete request, as the API's description shows it.");
            case NOT_SIGNED_IN ->
                new About(
                        "Nobody is signed in, or the token is unknown, expired or revoked.",
                        "Sign in. Programs send “Authorization: Bearer” with a token that is valid.");
            case NOT_ALLOWED ->
                new About(
                        "You may see it, and may not do this.",
                        "Sign in as somebody who may, or ask an operator for the role.");
            case NOT_FOUND ->
                new About(
                        "Nothing is at this address, or nothing of yours.",
                        "Check the address. What belongs to others looks as if it were not there.");
            case METHOD_NOT_ALLOWED ->
                new About("The address is right and the method is not.", "Use one of the methods in “Allow”.");
            case NOT_ACCEPTABLE ->
                new About("The address has no representation of the kind that was asked for.", "Ask for another one.");
            case CONFLICT ->
                new About(
                        "What was asked for does not fit what is there now; often somebody was faster.",
                        "Look at what is there now, then decide anew.");
            case STILL_RUNNING ->
                new About(
                        "The first call with this Idempotency-Key has not ended yet.",
                        "Wait a moment and send the same call again.");
            case KEY_REUSED ->
                new About(
                        "This Idempotency-Key came with another request before.",
                        "Take a new key for each new request, and the same one only to repeat it.");
            case CROSS_SITE ->
                new About(
                        "A browser sent it from a page of another site.",
                        "Open the page here, reload it and send the form again.");
            case WRONG_HOST ->
                new About(
                        "The request names a host that is not this platform's.",
                        "Use the platform's own address; an operator can add host names.");
            case TOO_LARGE ->
                new About(
                        "It is more than 10 MB, more than 64 KB in a form of a page, or more than 1,000 events.",
                        "Send less at once.");
            case ADDRESS_TOO_LONG ->
                new About("The address is longer than what is read.", "Put the data into the body.");
            case HEAD_TOO_LARGE ->
                new About("The headers are more than 64 KB.", "Send fewer; in a browser, delete old cookies.");
            case WRONG_CONTENT_TYPE ->
                new About(
                        "The body's content type is not understood here.",
                        "Send the one that the API's description names.");
            case LIMIT_REACHED ->
                new About(
                        "The tenant's plan allows no more of this.",
                        "Remove something, or change to the plan that the answer names.");
            case NO_ROOM ->
                new About(
                        "The platform is full; the answer says what has run out.",
                        "An operator makes room, or raises the limit.");
            case PLAN_EXPIRED ->
                new About(
                        "The deployment plan is older than an hour; prices and limits may have changed.",
                        "Make a new plan and approve that.");
            case TOO_MANY_REQUESTS ->
                new About(
                        "Too much is asked at once by one caller or for one tenant.",
                        "Wait as long as “Retry-After” says, then send it again.");
            case PLUGIN_FAILED ->
                new About(
                        "The template's plugin gave no proper answer.",
                        "Tell the template's author, with the reason that is shown.");
            case PLUGIN_BARRED ->
                new About(
                        "Others wrote the template, and this machine cannot lock such code in.",
                        "An operator can run the platform on Linux 5.14 or later, where ordinary users have namespaces.");
            case UNAVAILABLE ->
                new About(
                        "Something that is needed does not answer now, or is on another machine.",
                        "Wait as long as “Retry-After” says, then try again.");
            case INTERNAL ->
                new About(
                        "Our mistake. It is recorded under the trace id of the answer.",
                        "Try again; if it stays, tell an operator the trace id.");
        };
    }
}
