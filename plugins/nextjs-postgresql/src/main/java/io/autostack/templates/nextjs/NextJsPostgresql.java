package io.autostack.templates.nextjs;

import io.autostack.plugin.Answers;
import io.autostack.plugin.Component.Container;
import io.autostack.plugin.Component.Container.Endpoint;
import io.autostack.plugin.Component.Container.Replicas;
import io.autostack.plugin.Component.Container.Size;
import io.autostack.plugin.Component.Database;
import io.autostack.plugin.Component.Database.Engine;
import io.autostack.plugin.Component.Database.Placement;
import io.autostack.plugin.Component.Egress;
import io.autostack.plugin.Component.Logs;
import io.autostack.plugin.Component.Secret;
import io.autostack.plugin.Parameter;
import io.autostack.plugin.Parameter.Choice.Option;
import io.autostack.plugin.Permission;
import io.autostack.plugin.Range;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.StackTemplate;
import io.autostack.plugin.TemplateDescription;
import io.autostack.plugin.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.pf4j.Extension;

/// A Next.js application with its own database inside the tenant's PostgreSQL server.
@Extension
public final class NextJsPostgresql implements StackTemplate {

    private static final String PLACEHOLDER_IMAGE = "docker.io/library/node:22-alpine";
    private static final int PORT = 3000;

    @Override
    public TemplateDescription describe() {
        return new TemplateDescription(
                "nextjs-postgresql",
                "Next.js + PostgreSQL",
                "A full-stack web application with a database of its own.",
                """
                Runs your Next.js image behind the tenant's address and gives it a PostgreSQL database with an owner \
                of its own. The application finds the database's address in DATABASE_URL. Until you name an image, a \
                placeholder page answers in its place.""",
                "Web application",
                parameters(),
                "",
                "Apache-2.0",
                Set.of(Permission.DATABASE, Permission.SECRET, Permission.CONTAINER, Permission.INTERNET));
    }

    private static List<Parameter> parameters() {
        return List.of(
                new Parameter.Text(
                        "title",
                        "Title",
                        "The application finds it in APP_TITLE.",
                        true,
                        "My application",
                        1,
                        80,
                        "",
                        ""),
                new Parameter.Text(
                        "image",
                        "Container image",
                        "The image of your Next.js application, listening on the port in PORT. Keep the suggested "
                                + "image to start with a placeholder page.",
                        true,
                        PLACEHOLDER_IMAGE,
                        1,
                        300,
                        "[a-z0-9]+(?:(?:[._:/]|__|-+)[a-zA-Z0-9]+)*+(?:@sha256:[0-9a-f]{64})?",
                        "Must be an image such as registry.example.com/team/shop:1.4."),
                new Parameter.Choice(
                        "size",
                        "Size of a copy",
                        "",
                        true,
                        "small",
                        List.of(
                                new Option("small", "Small: 0.5 vCPU, 1 GB"),
                                new Option("medium", "Medium: 1 vCPU, 2 GB"))),
                new Parameter.WholeNumber(
                        "replicas",
                        "Most copies",
                        "One copy always runs; under load the platform may add more, up to this number.",
                        true,
                        1L,
                        1,
                        4,
                        ""),
                new Parameter.WholeNumber(
                        "database-storage", "Database storage", "It can grow later.", true, 20L, 5, 100, "GB"));
    }

    @Override
    public StackPlan plan(Answers answers) {
        var copies = answers.number("replicas");
        return StackPlan.of(
                new Secret("database-credentials", List.of("username", "password")),
                new Database(
                        "database",
                        Engine.POSTGRESQL,
                        "18",
                        new Placement.TenantServer(),
                        (int) answers.number("database-storage"),
                        "database-credentials"),
                web(answers),
                // Assumptions, not measurements: a quiet month of one copy, and a busy month of all of them.
                new Logs("logs", range("0.5", "2", copies)),
                new Egress("egress", range("1", "10", copies)));
    }

    private static Container web(Answers answers) {
        var image = answers.text("image");
        var placeholder = image.equals(PLACEHOLDER_IMAGE);
        return new Container(
                "web",
                image,
                placeholder ? List.of("node", "-e", placeholderScript()) : List.of(),
                answers.text("size").equals("medium") ? Size.of("1", "2") : Size.of("0.5", "1"),
                new Replicas(1, (int) answers.number("replicas")),
                new Endpoint(PORT, "/"),
                environment(answers.text("title")));
    }

    private static Map<String, Value> environment(String title) {
        var environment = new LinkedHashMap<String, Value>();
        environment.put("APP_TITLE", new Value.Literal(title));
        environment.put("DATABASE_URL", new Value.DatabaseUrl("database"));
        environment.put("HOSTNAME", new Value.Literal("0.0.0.0"));
        environment.put("NODE_ENV", new Value.Literal("production"));
        environment.put("PORT", new Value.Literal(String.valueOf(PORT)));
        return environment;
    }

    private static Range range(String low, String highPerCopy, long copies) {
        return new Range(new BigDecimal(low), new BigDecimal(highPerCopy).multiply(BigDecimal.valueOf(copies)));
    }

    private static String placeholderScript() {
        try (var script = NextJsPostgresql.class.getResourceAsStream("placeholder.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
