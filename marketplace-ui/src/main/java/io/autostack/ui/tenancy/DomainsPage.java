package io.autostack.ui.tenancy;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.Fact;
import io.autostack.ui.parts.FieldError;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The domains of a tenant, each with the TXT record that proves it, and the form that claims another one.
///
/// @param mayClaim false when the tenant is not active
/// @param refusal why something else than the form was refused
/// @param obstacle why a proven domain leads nowhere here
@CheckedTemplate(basePath = "tenancy")
public record DomainsPage(
        Frame frame,
        TenantTabs tabs,
        String name,
        String slug,
        boolean mayClaim,
        List<Domain> domains,
        Form form,
        @Nullable String refusal,
        @Nullable String obstacle)
        implements TemplateInstance {

    /// A domain; `record` and `value` are name and text of the TXT record.
    ///
    /// @param written the name as people write it, with letters that may look like others
    public record Domain(
            String name,
            String written,
            Badge status,
            boolean verified,
            String record,
            String value,
            Instant claimedAt,
            @Nullable Instant verifiedAt) {

        public List<Fact> facts() {
            return List.of(Fact.text("Type", "TXT"), Fact.code("Name", record), Fact.code("Value", value));
        }

        public boolean isWrittenOtherwise() {
            return !written.equals(name);
        }

        public String address() {
            return "http://" + name;
        }
    }

    /// What was filled in, and what is wrong about it.
    public record Form(String domain, @Nullable String problem) {

        public List<FieldError> wrong() {
            return problem == null ? List.of() : List.of(new FieldError("domain", "Domain: " + problem));
        }
    }
}
