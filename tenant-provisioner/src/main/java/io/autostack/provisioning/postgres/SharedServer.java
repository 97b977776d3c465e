package io.autostack.provisioning.postgres;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The server on which tenants share a place, as it is configured.
@ApplicationScoped
public class SharedServer {

    private final TenantServer server;

    @Inject
    SharedServer(
            @ConfigProperty(name = "autostack.cloud.local.url") String adminUrl,
            @ConfigProperty(name = "autostack.cloud.local.user") String user,
            @ConfigProperty(name = "autostack.cloud.local.password") String password) {
        this.server = new TenantServer(adminUrl, user, password);
    }

    public TenantServer get() {
        return server;
    }

    @PreDestroy
    void close() {
        server.close();
    }
}
