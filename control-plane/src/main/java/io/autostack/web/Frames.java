package io.autostack.web;

import io.autostack.identity.Caller;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.ui.frame.Frame;
import io.autostack.ui.frame.NavItem;
import io.autostack.ui.frame.Notice;
import io.autostack.ui.frame.Viewer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every page is put into: who looks, where one can go, and what is not real on this platform.
@ApplicationScoped
public class Frames {

    private final Callers callers;
    private final Cloud cloud;
    private final CloudDescription description;
    private final Notices notices;
    private final UriInfo address;

    @Inject
    Frames(Callers callers, Cloud cloud, CloudDescription description, Notices notices, UriInfo address) {
        this.notices = notices;
        this.callers = callers;
        this.cloud = cloud;
        this.description = description;
        this.address = address;
    }

    public Frame frame(String title) {
        return frame(title, callers.current());
    }

    /// For a page that nobody has to sign in for, or that says why signing in failed.
    Frame frame(String title, Caller caller) {
        var viewer = caller.signedIn()
                ? new Viewer(
                        caller.name(),
                        caller.roles().stream().map(Role::word).sorted().toList())
                : Viewer.signedOut();
        return new Frame(title, viewer, navigation(caller), warning(caller), notice(caller), null);
    }

    private List<NavItem> navigation(Caller caller) {
        var items = new ArrayList<NavItem>();
        items.add(item("Home", "/", "home"));
        if (!caller.signedIn()) {
            items.add(item("Plans", "/plans", "plans"));
            return items;
        }
        if (caller.isAny(Role.OPERATOR, Role.FINANCE)) items.add(item("Tenants", "/tenants", "tenants"));
        if (caller.isAny(Role.OPERATOR, Role.FINANCE)) items.add(item("Operations", "/operations", "clock"));
        items.add(item("Marketplace", "/marketplace", "market"));
        items.add(item("Plans", "/plans", "plans"));
        if (caller.isAny(Role.OPERATOR, Role.FINANCE)) items.add(item("Billing", "/billing", "money"));
        if (caller.is(Role.OPERATOR)) items.add(item("Fleet", "/fleet", "database"));
        if (caller.isAny(Role.OPERATOR, Role.FINANCE)) items.add(item("Audit", "/audit", "audit"));
        if (caller.isAny(Role.OPERATOR, Role.AUTHOR)) items.add(item("Plugins", "/plugins", "plugin"));
        if (caller.is(Role.OPERATOR)) items.add(item("API tokens", "/tokens", "key"));
        if (caller.is(Role.OPERATOR)) items.add(item("Upkeep", "/upkeep", "retry"));
        return items;
    }

    private NavItem item(String label, String href, String icon) {
        var here = address.getPath();
        return new NavItem(label, href, icon, href.equals("/") ? here.equals("/") : here.startsWith(href));
    }

    /// On every page, but not for strangers, who need not know how the platform is set up.
    private @Nullable String warning(Caller caller) {
        return caller.signedIn() ? description.warning().orElse(null) : null;
    }

    private @Nullable Notice notice(Caller caller) {
        var runtime = cloud.containerRuntime();
        return caller.signedIn() && runtime.isNoteworthy() ? notices.notice(caller, runtime.sentence()) : null;
    }
}
