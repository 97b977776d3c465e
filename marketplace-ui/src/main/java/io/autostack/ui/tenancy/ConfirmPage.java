package io.autostack.ui.tenancy;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import org.jspecify.annotations.Nullable;

/// Asks for the short name of a tenant before something happens to all it has.
///
/// @param retentionDays how long a closed tenant can come back
/// @param typed what was typed before
@CheckedTemplate(basePath = "tenancy")
public record ConfirmPage(
        Frame frame,
        TenantTabs tabs,
        Act act,
        long retentionDays,
        String typed,
        @Nullable String error) implements TemplateInstance {

    /// What is about to happen.
    public enum Act {
        CLOSE("Close", "close", true),
        DELETE("Delete for good", "delete", false);

        private final String title;
        private final String path;
        private final boolean canBeTakenBack;

        Act(String title, String path, boolean canBeTakenBack) {
            this.title = title;
            this.path = path;
            this.canBeTakenBack = canBeTakenBack;
        }

        public String title() {
            return title;
        }

        /// Behind the tenant's own address.
        public String path() {
            return path;
        }

        public boolean canBeTakenBack() {
            return canBeTakenBack;
        }
    }
}
