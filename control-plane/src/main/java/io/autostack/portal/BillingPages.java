package io.autostack.portal;

import io.autostack.billing.Billing;
import io.autostack.billing.BillingMonth;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.metering.Period;
import io.autostack.shared.Money;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.TenantParts;
import io.autostack.ui.billing.BillingPage;
import io.autostack.ui.home.FinanceHomePage;
import io.autostack.ui.parts.Amount;
import io.autostack.ui.parts.Badge;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What finance looks at.
@Path("/billing")
@ApplicationScoped
class BillingPages {

    private static final int MONTHS_BACK = 12;

    private final Callers callers;
    private final Billing billing;
    private final Scopes scopes;
    private final InstantSource clock;
    private final Frames frames;

    @Inject
    BillingPages(Callers callers, Billing billing, Scopes scopes, InstantSource clock, Frames frames) {
        this.callers = callers;
        this.billing = billing;
        this.scopes = scopes;
        this.clock = clock;
        this.frames = frames;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance page(@RestQuery @Nullable String period) {
        callers.current().mustBe(Role.FINANCE, Role.OPERATOR);
        var month = Period.of(period, clock.instant());
        var bill = scopes.inPlatform(() -> billing.of(month));
        return new BillingPage(
                frames.frame("Billing"),
                month.month(),
                months(),
                bill.fees().stream()
                        .map(fee -> new BillingPage.Row(
                                fee.account().name(),
                                fee.account().slug(),
                                Badge.plan(fee.account().planName()),
                                TenantParts.amount(fee.price())))
                        .toList(),
                total(bill));
    }

    /// The file itself comes from the API's address; a session is as good as a token there.
    @GET
    @Path("export")
    public Response export(@RestQuery @Nullable String period) {
        callers.current().mustBe(Role.FINANCE, Role.OPERATOR);
        var month = Period.of(period, clock.instant());
        return Response.seeOther(URI.create("/api/v1/billing/export?format=focus-csv&period=" + month))
                .build();
    }

    TemplateInstance home() {
        var bill = scopes.inPlatform(() -> billing.of(now()));
        return new FinanceHomePage(
                frames.frame("Home"), now().month(), total(bill), bill.fees().size());
    }

    /// The plan catalogue has one currency so far; a second one will want a second total.
    private static Amount total(BillingMonth bill) {
        return TenantParts.amount(
                bill.totals().isEmpty() ? Money.usd("0.00") : bill.totals().getFirst());
    }

    private Period now() {
        return Period.at(clock.instant());
    }

    private List<YearMonth> months() {
        var newest = now().month();
        return IntStream.range(0, MONTHS_BACK).mapToObj(newest::minusMonths).toList();
    }
}
