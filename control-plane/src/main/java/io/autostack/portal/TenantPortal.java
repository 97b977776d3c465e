package io.autostack.portal;

import io.autostack.audit.Audit;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.identity.TenantRole;
import io.autostack.marketplace.Deployment;
import io.autostack.marketplace.Deployments;
import io.autostack.metering.DailyUsage;
import io.autostack.metering.MonthUsage;
import io.autostack.metering.Period;
import io.autostack.metering.Usage;
import io.autostack.operations.OperationParts;
import io.autostack.operations.OperationRecovery;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import io.autostack.shared.PageRequest;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.TenantParts;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.closing.Closings;
import io.autostack.ui.marketplace.DeploymentRow;
import io.autostack.ui.metering.MeterUsage;
import io.autostack.ui.metering.UsageChart;
import io.autostack.ui.metering.UsagePage;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.tenancy.Closed;
import io.autostack.ui.tenancy.TenantPage;
import io.autostack.ui.tenancy.TenantTab;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// One tenant with everything it has, and what it used.
@Path("/tenants/{tenant}")
@Produces(MediaType.TEXT_HTML)
class TenantPortal {

    private static final int LATEST = 10;
    private static final int MONTHS_BACK = 12;

    private final Callers callers;
    private final TenantAccess access;
    private final Deployments deployments;
    private final Usage usage;
    private final Operations operations;
    private final Closings closings;
    private final OperationRecovery recovery;
    private final OperationParts parts;
    private final Audit audit;
    private final InstantSource clock;
    private final Frames frames;
    private final Scopes scopes;

    @Inject
    TenantPortal(
            Callers callers,
            TenantAccess access,
            Deployments deployments,
            Usage usage,
            Operations operations,
            Closings closings,
            OperationRecovery recovery,
            OperationParts parts,
            Audit audit,
            InstantSource clock,
            Frames frames,
            Scopes scopes) {
        this.callers = callers;
        this.access = access;
        this.deployments = deployments;
        this.usage = usage;
        this.operations = operations;
        this.closings = closings;
        this.recovery = recovery;
        this.parts = parts;
        this.audit = audit;
        this.clock = clock;
        this.frames = frames;
        this.scopes = scopes;
    }

    @GET
    public TemplateInstance tenant(String tenant) {
        var visit = access.visit(tenant);
        var row = visit.tenant();
        var role = visit.role();
        var latestOperations = operations.latestQuery(row.id(), LATEST);
        var apps = deployments.pageQuery(row.id(), new PageRequest(LATEST, null));
        var used = usage.query(row, Period.at(clock.instant()));
        var history = audit.latest(row.id(), LATEST);
        var answers = scopes.ask(latestOperations, apps, used, history);
        var latest = answers.to(latestOperations);
        return new TenantPage(
                frames.frame(row.name()),
                TenantParts.tabs(row, TenantTab.OVERVIEW, role.atLeast(TenantRole.ADMIN)),
                TenantParts.tenant(
                        row,
                        role.atLeast(TenantRole.MEMBER),
                        role.atLeast(TenantRole.ADMIN),
                        callers.current().is(Role.OPERATOR)),
                row.status() == TenantStatus.CLOSED ? scopes.together(() -> closed(row, role)) : null,
                latest.stream()
                        .filter(operation -> operation.state() != Operation.State.DONE)
                        .findFirst()
                        .map(operation -> scopes.together(() -> parts.operation(
                                operation, recovery.ways(callers.current(), Optional.of(role), operation))))
                        .orElse(null),
                answers.to(apps).items().stream().map(TenantPortal::row).toList(),
                meters(answers.to(used)).stream()
                        .filter(meter -> meter.limit() != null || meter.used().signum() > 0)
                        .toList(),
                latest.stream().map(OperationParts::row).toList(),
                answers.to(history).stream()
                        .map(entry -> AuditParts.row(entry, Map.of(row.id(), row.slug())))
                        .toList());
    }

    @GET
    @Path("usage")
    public TemplateInstance usage(String tenant, @RestQuery @Nullable String period) {
        var visit = access.visit(tenant);
        var row = visit.tenant();
        var month = Period.of(period, clock.instant());
        var used = scopes.together(() -> usage.of(row, month));
        return new UsagePage(
                frames.frame("Usage of " + row.name()),
                TenantParts.tabs(row, TenantTab.USAGE, visit.role().atLeast(TenantRole.ADMIN)),
                Badge.plan(used.plan().name()),
                month.month(),
                months(row),
                meters(used),
                usage.daily(row, month).stream().map(TenantPortal::chart).toList());
    }

    private static UsageChart chart(DailyUsage used) {
        return new UsageChart(
                used.title(),
                used.unit(),
                used.days().stream()
                        .map(day -> new UsageChart.Day(day.date(), day.used()))
                        .toList());
    }

    private static List<MeterUsage> meters(MonthUsage used) {
        return used.meters().stream()
                .map(meter -> new MeterUsage(
                        meter.title(), meter.unit(), meter.used(), meter.limit(), about(meter.projected())))
                .toList();
    }

    private @Nullable Closed closed(TenantRow tenant, TenantRole role) {
        return closings.latest(tenant.id())
                .map(closing -> new Closed(
                        closing.closedAt(),
                        closing.closedBy(),
                        closing.retainedUntil(),
                        closing.deletedAt() == null && !closing.canComeBack(clock.instant()),
                        role.atLeast(TenantRole.OWNER) && closing.canComeBack(clock.instant()),
                        callers.current().is(Role.OPERATOR),
                        closing.deletedAt() != null))
                .orElse(null);
    }

    /// A projection is a guess; digits behind the point would promise more.
    private static @Nullable BigDecimal about(@Nullable BigDecimal projected) {
        return projected == null ? null : projected.setScale(0, RoundingMode.HALF_UP);
    }

    private static DeploymentRow row(Deployment deployment) {
        return new DeploymentRow(
                deployment.id().toString(),
                deployment.name(),
                deployment.templateName(),
                deployment.version(),
                Badge.status(deployment.status()),
                deployment.simulated(),
                deployment.createdAt(),
                null);
    }

    /// From this month back to the one in which the tenant signed up.
    private List<YearMonth> months(TenantRow tenant) {
        var first = YearMonth.from(tenant.createdAt().atOffset(ZoneOffset.UTC));
        var months = new ArrayList<YearMonth>();
        for (var month = Period.at(clock.instant()).month();
                !month.isBefore(first) && months.size() < MONTHS_BACK;
                month = month.minusMonths(1)) months.add(month);
        return months;
    }
}
