package io.autostack.tenancy.backups;

import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.identity.TenantRole;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.shared.PageRequest;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.ChangeAnswers;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.TenantParts;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.TenantStatus;
import io.autostack.ui.tenancy.BackupsPage;
import io.autostack.ui.tenancy.TenantTab;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The backups of a tenant, with what can be done about them.
@Path("/tenants/{tenant}")
@Produces(MediaType.TEXT_HTML)
class BackupPages {

    private final Callers callers;
    private final TenantAccess access;
    private final BackupRequests requests;
    private final Backups backups;
    private final Drills drills;
    private final CloudDescription cloud;
    private final Frames frames;
    private final InstantSource clock;
    private final Scopes scopes;

    @Inject
    BackupPages(
            Callers callers,
            TenantAccess access,
            BackupRequests requests,
            Backups backups,
            Drills drills,
            CloudDescription cloud,
            Frames frames,
            InstantSource clock,
            Scopes scopes) {
        this.callers = callers;
        this.access = access;
        this.requests = requests;
        this.backups = backups;
        this.drills = drills;
        this.cloud = cloud;
        this.frames = frames;
        this.clock = clock;
        this.scopes = scopes;
    }

    @GET
    @Path("backups")
    public TemplateInstance list(String tenant, @RestQuery("page_token") @Nullable String pageToken) {
        var visit = access.visit(tenant);
        return scopes.together(() -> page(visit.tenant(), visit.role().atLeast(TenantRole.ADMIN), pageToken));
    }

    private BackupsPage page(TenantRow row, boolean mayAdminister, @Nullable String pageToken) {
        var now = clock.instant();
        var isServed = row.status() == TenantStatus.ACTIVE || row.status() == TenantStatus.SUSPENDED;
        var page = backups.page(row.id(), PageRequest.of(null, pageToken));
        var operator = callers.current().is(Role.OPERATOR);
        return new BackupsPage(
                frames.frame("Backups of " + row.name()),
                TenantParts.tabs(row, TenantTab.BACKUPS, mayAdminister),
                TenantParts.tenant(row, false, mayAdminister, operator),
                BackupParts.kept(row.environment()),
                page.items().stream()
                        .map(backup -> BackupParts.row(backup, isServed, mayAdminister, now))
                        .toList(),
                page.nextToken() == null ? null : "/tenants/" + row.slug() + "/backups?page_token=" + page.nextToken(),
                BackupParts.targets(cloud),
                drills.page(row.id(), PageRequest.of(null, null)).items().stream()
                        .map(BackupParts::row)
                        .toList(),
                mayAdminister && isServed,
                operator && isServed && backups.newest(row.id(), now).isPresent());
    }

    @POST
    @Path("backups")
    public Response take(String tenant) {
        var row = access.toAdminister(tenant);
        return answer(row, requests.take(callers.current().actor(), row, BackupKind.MANUAL));
    }

    @POST
    @Path("backups/{backup}/restore")
    public Response restore(String tenant, UUID backup) {
        var row = access.toAdminister(tenant);
        return answer(row, requests.restore(callers.current().actor(), row, backup));
    }

    @POST
    @Path("backups/{backup}/remove")
    public Response remove(String tenant, UUID backup) {
        var row = access.toAdminister(tenant);
        return answer(row, requests.remove(callers.current().actor(), row, backup));
    }

    @POST
    @Path("restore-drills")
    public Response drill(String tenant) {
        var row = access.toSee(tenant);
        callers.current().mustBe(Role.OPERATOR);
        return answer(row, requests.drill(callers.current().actor(), row));
    }

    private Response answer(TenantRow tenant, BackupRequests.Result result) {
        return ChangeAnswers.forPerson(
                tenant, BackupAnswers.answered(tenant, result, clock.instant()).answer());
    }
}
