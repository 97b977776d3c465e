package io.autostack.ui.fleet;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.FieldError;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The schema of all tenants' databases: versions, drift, the open rollout, and a form that starts one.
///
/// @param problem with the files of the migrations
/// @param unread tenants whose schema has to be looked at
@CheckedTemplate(basePath = "fleet")
public record FleetPage(
        Frame frame,
        @Nullable String problem,
        List<Version> versions,
        int unread,
        List<Drift> drift,
        @Nullable Rollout current,
        Start start,
        List<Past> past)
        implements TemplateInstance {

    public FleetPage {
        versions = List.copyOf(versions);
        drift = List.copyOf(drift);
        past = List.copyOf(past);
    }

    /// A version of the schema.
    ///
    /// @param first true when new tenants begin at it
    /// @param known true when there is a file for it
    public record Version(
            String number, String description, int tenants, boolean first, boolean known, List<String> fingerprints) {}

    /// A tenant whose schema is not what others of the same version have.
    public record Drift(String name, String slug, String version, String fingerprint, String usual) {}

    /// What to start with, as it was chosen or typed.
    public record Start(List<String> versions, String version, String canary, List<FieldError> errors) {

        public @Nullable String problem(String field) {
            return errors.stream()
                    .filter(error -> error.field().equals(field))
                    .map(FieldError::message)
                    .findFirst()
                    .orElse(null);
        }
    }

    /// A rollout in the list.
    public record Past(String id, String version, Badge state, int tenants, String createdBy, Instant createdAt) {}
}
