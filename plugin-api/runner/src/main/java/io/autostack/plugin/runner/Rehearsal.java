package io.autostack.plugin.runner;

import io.autostack.plugin.Answers;
import io.autostack.plugin.Component;
import io.autostack.plugin.Parameter;
import io.autostack.plugin.Permission;
import io.autostack.plugin.PluginApi;
import io.autostack.plugin.Range;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.StackTemplate;
import io.autostack.plugin.TemplateDescription;
import io.autostack.plugin.Value;
import io.autostack.plugin.json.Answer;
import io.autostack.plugin.json.PluginJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Asks a template of its own once, so that the JVM can write what it loaded into an archive that later starts
/// share (`-XX:ArchiveClassesAtExit`). Nobody else's code takes part. Run by the build.
public final class Rehearsal {

    private static final String ID = "rehearsal";

    private Rehearsal() {}

    /// @param arguments where the jar of its template may be written
    public static void main(String[] arguments) throws IOException {
        CagedMain.prepare();
        var jar = Path.of(arguments[0]);
        write(jar);
        System.setIn(new ByteArrayInputStream("{\"answers\":{\"title\":\"Shop\"}}".getBytes(StandardCharsets.UTF_8)));
        var answer = RunnerMain.answer("plan", jar);
        if (answer instanceof Answer.Problem) throw new IllegalStateException(PluginJson.write(answer));
        PluginJson.write(answer);
    }

    /// The jar only names the template, whose class is found in the runner's own jar.
    private static void write(Path jar) throws IOException {
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Plugin-Id", ID);
        main.putValue("Plugin-Version", "1.0.0");
        main.putValue("Plugin-Provider", "AutoStack");
        main.putValue("Plugin-Requires", ">=" + PluginApi.VERSION + " & <1000.0.0");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("META-INF/extensions.idx"));
            out.write(Template.class.getName().getBytes(StandardCharsets.UTF_8));
        }
    }

    /// With one of everything that plans are made of.
    public static final class Template implements StackTemplate {

        private static final Range GB = Range.of("1", "2");

        @Override
        public TemplateDescription describe() {
            return new TemplateDescription(
                    ID,
                    "Rehearsal",
                    "Is never published.",
                    "Is never published.",
                    "Web application",
                    List.of(
                            new Parameter.Text("title", "Title", "", true, null, 1, 60, "[A-Za-z ]+", "Letters."),
                            new Parameter.Choice(
                                    "size", "Size", "", false, "s", List.of(new Parameter.Choice.Option("s", "Small"))),
                            new Parameter.WholeNumber("disk", "Disk", "", false, 20L, 20, 100, "GB"),
                            new Parameter.Flag("more", "More", "", false)),
                    "",
                    "Apache-2.0",
                    EnumSet.allOf(Permission.class));
        }

        @Override
        public StackPlan plan(Answers answers) {
            return StackPlan.of(
                    new Component.Secret("login", List.of("username", "password")),
                    new Component.Database(
                            "database",
                            Component.Database.Engine.POSTGRESQL,
                            "18",
                            new Component.Database.Placement.TenantServer(),
                            20,
                            "login"),
                    new Component.Container(
                            "web",
                            "docker.io/library/node:22-alpine",
                            List.of("node"),
                            new Component.Container.Size(new BigDecimal("0.5"), BigDecimal.ONE),
                            new Component.Container.Replicas(1, 2),
                            new Component.Container.Endpoint(3000, "/"),
                            Map.of(
                                    "TITLE",
                                    new Value.Literal("Shop"),
                                    "DATABASE_URL",
                                    new Value.DatabaseUrl("database"))),
                    new Component.ObjectStorage("files", GB, GB),
                    new Component.Logs("logs", GB),
                    new Component.Egress("egress", GB));
        }
    }
}
