package io.autostack.portal;

import io.autostack.ui.tenancy.TenantPage;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/// The least that a tenant's page can cost on this server: one select by an index, and the page's own
/// template with what the page itself put into it the first time. Nobody signs in for it after that.
/// There only when it is measured.
@Path("/page-floor/{tenant}")
@Produces(MediaType.TEXT_HTML)
@IfBuildProperty(name = PageFloor.MEASURED, stringValue = "true")
class PageFloor {

    static final String MEASURED = "autostack.bench.page-floor";

    private final TenantPortal portal;
    private final DataSource database;
    private final Map<String, TenantPage> filled = new ConcurrentHashMap<>();

    @Inject
    PageFloor(TenantPortal portal, DataSource database) {
        this.portal = portal;
        this.database = database;
    }

    @GET
    public TemplateInstance page(String tenant) throws SQLException {
        var page = filled.computeIfAbsent(tenant, slug -> (TenantPage) portal.tenant(slug));
        if (!isOnOffer("template-1")) throw new NoSuchElementException("template-1");
        return new TenantPage(
                page.frame(),
                page.tabs(),
                page.tenant(),
                page.closed(),
                page.current(),
                page.deployments(),
                page.usage(),
                page.operations(),
                page.audit());
    }

    private boolean isOnOffer(String template) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(
                        "select description from marketplace.release where template = ? and version = '1.0.0'")) {
            statement.setString(1, template);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
