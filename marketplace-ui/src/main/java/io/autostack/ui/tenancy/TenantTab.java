package io.autostack.ui.tenancy;

/// The pages of one tenant, in the order of their tabs.
public enum TenantTab {
    OVERVIEW("Overview", "", false),
    USAGE("Usage", "/usage", false),
    BACKUPS("Backups", "/backups", false),
    SETTINGS("Settings", "/settings", true);

    private final String label;
    private final String path;
    private final boolean forAdministrators;

    TenantTab(String label, String path, boolean forAdministrators) {
        this.label = label;
        this.path = path;
        this.forAdministrators = forAdministrators;
    }

    public String label() {
        return label;
    }

    /// Behind the tenant's own address.
    public String path() {
        return path;
    }

    boolean shownTo(boolean administrator) {
        return administrator || !forAdministrators;
    }
}
