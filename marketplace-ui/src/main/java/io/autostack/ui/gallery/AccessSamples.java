package io.autostack.ui.gallery;

import io.autostack.ui.authors.PluginsPage;
import io.autostack.ui.identity.NewToken;
import io.autostack.ui.identity.TokenForm;
import io.autostack.ui.identity.TokenRow;
import io.autostack.ui.identity.TokensPage;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.FieldError;
import io.autostack.ui.problem.Problem;
import io.autostack.ui.problem.ProblemPage;
import io.autostack.ui.problem.ProblemType;
import io.autostack.ui.problem.ProblemTypePage;
import io.autostack.ui.problem.ProblemTypesPage;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Map;

/// Tokens, plugin releases and problems.
final class AccessSamples {

    private static final List<String> ROLES = List.of("operator", "finance", "author", "sales");

    private AccessSamples() {}

    static void addTo(Map<String, TemplateInstance> pages) {
        tokens(pages);
        plugins(pages);
        problemTypes(pages);
        pages.put("problem", new ProblemPage(Samples.operator("Not found", "/"), problem()));
        pages.put(
                "problem-outage",
                new ProblemPage(
                        Samples.nobody("Something broke"),
                        new Problem(
                                500,
                                "Something broke on our side",
                                "The page could not be made. It was recorded with the trace id below.",
                                "Try again in a moment.",
                                "4bf92f3577b34da6a3ce929d0e0e4736")));
    }

    private static void problemTypes(Map<String, TemplateInstance> pages) {
        var conflict = new ProblemType(
                "conflict",
                409,
                "This does not fit the present state",
                "What was asked for does not fit what is there now; often somebody was faster.",
                "Look at what is there now, then decide anew.");
        var missing = new ProblemType(
                "not-found",
                404,
                "There is nothing here",
                "Nothing is at this address, or nothing of yours.",
                "Check the address.");
        pages.put(
                "problem-types", new ProblemTypesPage(Samples.nobody("Types of problems"), List.of(missing, conflict)));
        pages.put("problem-type", new ProblemTypePage(Samples.operator(conflict.title(), "/problems"), conflict));
    }

    static Problem problem() {
        return new Problem(
                404,
                "There is no such tenant",
                "No tenant with the slug “akme” is known, or it is not yours to see.",
                "Check the spelling, or open it from the list of tenants.",
                null);
    }

    private static void tokens(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("API tokens", "/tokens");
        pages.put("tokens-empty", new TokensPage(frame, List.of(), TokenForm.blank(ROLES), null));
        var rows = List.of(
                new TokenRow(
                        "t1",
                        "nightly export",
                        "finance",
                        Samples.NOW.minusSeconds(400),
                        Samples.NOW.minusSeconds(30),
                        Samples.NOW.plusSeconds(7_776_000),
                        Badge.status("active"),
                        true),
                new TokenRow(
                        "t2",
                        "old script",
                        "operator",
                        Samples.NOW.minusSeconds(9_000_000),
                        null,
                        null,
                        Badge.status("revoked"),
                        false));
        pages.put("tokens", new TokensPage(frame, rows, TokenForm.blank(ROLES), null));
        var fresh = new NewToken("nightly export", "ask_sample-of-a-token-that-opens-nothing");
        pages.put("tokens-fresh", new TokensPage(frame, rows, TokenForm.blank(ROLES), fresh));
        var wrong = new TokenForm(
                "",
                "finance",
                "many",
                ROLES,
                List.of(
                        new FieldError("name", "Give the token a name."),
                        new FieldError("expires", "Give a number of days from 1 to 365.")));
        pages.put("tokens-wrong", new TokensPage(frame, rows, wrong, null));
    }

    private static void plugins(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Plugins", "/plugins");
        var template = new PluginsPage.TemplateLink("nextjs-postgres", "Next.js + PostgreSQL");
        var hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        var releases = List.of(
                new PluginsPage.Release(
                        "autostack-nextjs",
                        "1.0.0",
                        "AutoStack",
                        List.of(template),
                        Badge.status("listed"),
                        Samples.NOW.minusSeconds(900_000),
                        hash,
                        null),
                new PluginsPage.Release(
                        "shiny-stack",
                        "0.1.0",
                        "Example Ltd",
                        List.of(),
                        Badge.status("rejected"),
                        Samples.NOW.minusSeconds(9_000),
                        hash,
                        "It brings its own copy of the plugin API."));
        pages.put("plugins", new PluginsPage(frame, releases, null));
        pages.put("plugins-empty", new PluginsPage(frame, List.of(), null));
    }
}
