package io.autostack.marketplace;

import com.github.zafarkhaja.semver.Version;
import io.autostack.jdbc.Sql;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.TemplateDescription;
import io.autostack.plugin.json.PluginJson;
import io.autostack.pluginhost.TemplateFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The published releases of all templates.
@ApplicationScoped
public class Releases {

    private static final String ALL = """
            select template, version, sha256, description, sample, verified, origin, published_at
              from marketplace.release
            """;

    private static final String OF_TEMPLATE = ALL + "where template = ?";

    private final DataSource database;

    @Inject
    Releases(DataSource database) {
        this.database = database;
    }

    /// The newest release of every template that fits, by name.
    ///
    /// @param words all of them must occur in name, summary or description; null for any
    public List<Release> search(@Nullable String words, @Nullable String category) {
        return newest().stream()
                .filter(release -> fits(release, words, category))
                .toList();
    }

    /// The newest release of every template, by name.
    public List<Release> newest() {
        return everyVersion().stream().map(List::getFirst).toList();
    }

    /// Whether it is what somebody looks for.
    ///
    /// @param words all of them must occur in name, summary or description; null for any
    public static boolean fits(Release release, @Nullable String words, @Nullable String category) {
        return (category == null
                        || category.isBlank()
                        || release.description().category().equalsIgnoreCase(category.strip()))
                && says(release.description(), words);
    }

    /// The versions of each template, newest first; templates by the name of their newest version.
    public List<List<Release>> everyVersion() {
        return all(ALL).stream()
                .collect(Collectors.groupingBy(
                        Release::template, Collectors.collectingAndThen(Collectors.toList(), Releases::newestFirst)))
                .values()
                .stream()
                .sorted(Comparator.comparing(
                        versions -> versions.getFirst().description().name()))
                .toList();
    }

    /// Newest first; empty when there is no such template.
    public List<Release> versions(String template) {
        return newestFirst(all(OF_TEMPLATE, template));
    }

    private static List<Release> newestFirst(List<Release> versions) {
        return versions.stream()
                .sorted(Comparator.comparing((Release release) -> order(release.version()))
                        .reversed())
                .toList();
    }

    /// @param version null for the newest
    public Optional<Release> find(String template, @Nullable String version) {
        return versions(template).stream()
                .filter(release -> version == null
                        || version.isBlank()
                        || release.version().equals(version))
                .findFirst();
    }

    boolean knows(String template, String version, String sha256) {
        try (var connection = database.getConnection()) {
            return Sql.of(
                            connection,
                            "select true from marketplace.release where template = ? and version = ? and sha256 = ?",
                            template,
                            version,
                            sha256)
                    .find(row -> row.getBoolean(1))
                    .isPresent();
        } catch (SQLException e) {
            throw new IllegalStateException("marketplace.release cannot be read", e);
        }
    }

    /// @return false when this version was published before, with whatever content
    boolean publish(TemplateFacts template, Optional<StackPlan> sample, String origin) {
        try (var connection = database.getConnection()) {
            return Sql.update(
                            connection,
                            """
                            insert into marketplace.release
                                   (template, version, sha256, description, sample, verified, origin)
                            values (?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)
                            on conflict (template, version) do nothing
                            """,
                            template.jar().pluginId(),
                            template.jar().pluginVersion(),
                            template.jar().sha256(),
                            PluginJson.write(template.description()),
                            sample.map(PluginJson::write).orElse(null),
                            origin.equals(Release.BUNDLED),
                            origin)
                    == 1;
        } catch (SQLException e) {
            throw new IllegalStateException("marketplace.release cannot be written", e);
        }
    }

    private List<Release> all(String question, Object... values) {
        try (var connection = database.getConnection()) {
            return Sql.of(connection, question, values).list(Releases::release);
        } catch (SQLException e) {
            throw new IllegalStateException("marketplace.release cannot be read", e);
        }
    }

    private static Release release(ResultSet row) throws SQLException {
        try {
            return new Release(
                    row.getString("template"),
                    row.getString("version"),
                    row.getString("sha256"),
                    PluginJson.readDescription(row.getString("description")),
                    sample(row.getString("sample")),
                    row.getBoolean("verified"),
                    row.getString("origin"),
                    row.getTimestamp("published_at").toInstant());
        } catch (PluginJson.Malformed e) {
            throw new IllegalStateException("marketplace.release holds a description that cannot be read", e);
        }
    }

    private static Optional<StackPlan> sample(@Nullable String json) throws PluginJson.Malformed {
        return json == null ? Optional.empty() : Optional.of(PluginJson.readPlan(json));
    }

    private static Version order(String version) {
        return Version.parse(version);
    }

    private static boolean says(TemplateDescription description, @Nullable String words) {
        if (words == null || words.isBlank()) return true;
        var text = (description.name() + " " + description.summary() + " " + description.description())
                .toLowerCase(Locale.ROOT);
        for (var word : words.strip().toLowerCase(Locale.ROOT).split("\\s+", -1))
            if (!text.contains(word)) return false;
        return true;
    }
}
