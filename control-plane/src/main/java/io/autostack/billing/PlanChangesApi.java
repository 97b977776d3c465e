package io.autostack.billing;

import io.autostack.shared.Money;
import io.autostack.shared.PageRequest;
import io.autostack.tenancy.TenantAccess;
import io.autostack.web.Lists;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/tenants/{tenant}/plan-changes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants")
class PlanChangesApi {

    private final TenantAccess access;
    private final PlanChanges changes;

    @Inject
    PlanChangesApi(TenantAccess access, PlanChanges changes) {
        this.access = access;
        this.changes = changes;
    }

    /// A change of plan as the API shows it.
    record Shown(
            UUID id,
            UUID operation,
            Side from,
            Side to,
            Instant at,
            String period,
            Left left,
            Amount credit,
            Amount charge,
            String rounding,
            String formula) {

        static Shown of(PlanChange change) {
            var proration = change.proration();
            return new Shown(
                    change.id(),
                    change.operation(),
                    Side.of(change.from()),
                    Side.of(change.to()),
                    proration.moment(),
                    proration.period().toString(),
                    new Left(proration.left(), proration.whole()),
                    Amount.of(proration.credit()),
                    Amount.of(proration.charge()),
                    change.rounding(),
                    change.formula());
        }
    }

    /// A plan version and its monthly price.
    record Side(String plan, int version, Amount price) {

        static Side of(PlanChange.Side side) {
            return new Side(side.plan(), side.version(), Amount.of(side.price()));
        }
    }

    /// The exact share of the month that was left, as a fraction.
    record Left(long microseconds, long of) {}

    /// An amount of money.
    @Schema(name = "ProratedAmount")
    record Amount(BigDecimal amount, String currency) {

        static Amount of(Money money) {
            return new Amount(money.amount(), money.currency().getCurrencyCode());
        }
    }

    @GET
    @Operation(
            summary = "The tenant's changes of plan, newest first",
            description = "Each with what the time left in the month was worth at both prices. Nobody is charged by it:"
                    + " a month costs the whole price of the plan.")
    public Response list(
            String tenant,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500"))
                    @RestQuery("page_size")
                    @Nullable
                    String pageSize,
            @RestQuery("page_token") @Nullable String pageToken,
            @Context UriInfo address) {
        var row = access.toSee(tenant);
        return Lists.answer(
                "changes",
                changes.page(row.id(), PageRequest.of(pageSize, pageToken)).map(Shown::of),
                address);
    }
}
