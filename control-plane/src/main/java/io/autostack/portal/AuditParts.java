package io.autostack.portal;

import io.autostack.audit.Audit;
import io.autostack.ui.audit.AuditRow;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// History as parts of pages.
final class AuditParts {

    private AuditParts() {}

    /// @param slugs of the tenants by id, as far as they are known
    static AuditRow row(Audit.Entry entry, Map<UUID, String> slugs) {
        var slug = entry.tenant() == null ? null : slugs.get(entry.tenant());
        return new AuditRow(entry.at(), entry.actor(), entry.action(), name(entry), href(entry, slug), slug);
    }

    private static String name(Audit.Entry entry) {
        for (var member : new String[] {"slug", "app", "name"})
            if (entry.details().get(member) instanceof String name) return entry.objectType() + " " + name;
        return entry.objectType();
    }

    private static @Nullable String href(Audit.Entry entry, @Nullable String slug) {
        return switch (entry.objectType()) {
            case "tenant" -> slug == null ? null : "/tenants/" + slug;
            case "deployment" -> slug == null ? null : "/tenants/" + slug + "/deployments/" + entry.objectId();
            case "rollout" -> "/fleet/" + entry.objectId();
            case "operation" -> "/operations/" + entry.objectId();
            default -> null;
        };
    }
}
