package io.autostack.ui.tenancy;

import java.util.Arrays;
import java.util.List;

/// The tabs above every page of a tenant.
///
/// @param mayAdminister whether the tabs for administrators are among them
public record TenantTabs(String name, String slug, TenantTab current, boolean mayAdminister) {

    public List<TenantTab> tabs() {
        return Arrays.stream(TenantTab.values())
                .filter(tab -> tab.shownTo(mayAdminister))
                .toList();
    }
}
