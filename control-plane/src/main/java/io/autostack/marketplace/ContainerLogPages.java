package io.autostack.marketplace;

import io.autostack.ui.marketplace.ContainerLogPage;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/tenants/{tenant}/deployments/{deployment}/containers/{container}/log")
@Produces(MediaType.TEXT_HTML)
class ContainerLogPages {

    private final ContainerLogs logs;
    private final Frames frames;

    @Inject
    ContainerLogPages(ContainerLogs logs, Frames frames) {
        this.logs = logs;
        this.frames = frames;
    }

    @GET
    public TemplateInstance read(String tenant, UUID deployment, String container, @RestQuery @Nullable String lines) {
        var log = logs.read(tenant, deployment, container, lines);
        return new ContainerLogPage(
                frames.frame("Log of " + container),
                log.tenant().slug(),
                log.deployment().id().toString(),
                log.deployment().name(),
                container,
                log.text());
    }
}
