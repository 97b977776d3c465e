package io.autostack.moves;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.costs.PriceBooks;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.tenancy.ChangeAnswers;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.TenantRow;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/tenants/{tenant}/move")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Moves to production")
class MoveApi {

    static final String RULE = "Only an active tenant can be moved";

    private final Callers callers;
    private final TenantAccess access;
    private final ReadinessCheck check;
    private final StartMove start;
    private final Moves moves;
    private final PriceBooks prices;

    @Inject
    MoveApi(
            Callers callers,
            TenantAccess access,
            ReadinessCheck check,
            StartMove start,
            Moves moves,
            PriceBooks prices) {
        this.callers = callers;
        this.access = access;
        this.check = check;
        this.start = start;
        this.moves = moves;
        this.prices = prices;
    }

    /// What a client sends to move a tenant.
    record Request(@Nullable String database, @Nullable List<String> confirmed) {}

    /// One item of the readiness list.
    record Item(String name, String what, String answer, String remedy) {
        static Item of(Readiness.Item item) {
            return new Item(
                    item.name(),
                    item.what(),
                    item.answer().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    item.remedy());
        }
    }

    /// A month before and after, and the move itself.
    record Cost(
            int priceBook,
            String currency,
            BigDecimal monthlyBefore,
            BigDecimal monthlyAfter,
            BigDecimal onceLow,
            BigDecimal onceHigh,
            String source) {}

    /// The newest move.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Made(
            UUID id,
            String state,
            UUID operation,
            String fromDatabase,
            String toDatabase,
            List<String> confirmed,
            BigDecimal monthlyBefore,
            BigDecimal monthlyAfter,
            String currency,
            String requestedBy,
            Instant requestedAt,
            @Nullable Instant movedAt,
            @Nullable Instant keepUntil,
            @Nullable Long pauseMs,
            @Nullable Instant endedAt) {
        static Made of(Move move) {
            return new Made(
                    move.id,
                    move.state().word(),
                    move.operationId,
                    move.fromDatabase,
                    move.toDatabase,
                    List.of(move.confirmed.split(",")),
                    move.monthlyBefore,
                    move.monthlyAfter,
                    move.currency,
                    move.requestedBy,
                    move.requestedAt,
                    move.movedAt,
                    move.keepUntil,
                    move.pauseMs,
                    move.endedAt);
        }
    }

    /// Where a tenant is on its way to production.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            String environment,
            boolean ready,
            List<Item> readiness,
            Cost cost,
            @Nullable Made move) {}

    @GET
    @Operation(summary = "What stands between a tenant and production, what it costs, and the newest move")
    public Answer get(String tenant) {
        var row = access.toAdminister(tenant);
        var readiness = check.of(row, wantedPlacement(row, Optional.empty()), Set.of());
        return new Answer(
                row.environment().word(),
                readiness.ready(),
                readiness.items().stream().map(Item::of).toList(),
                cost(MoveCost.at(prices.current())),
                moves.newest(row.id()).map(Made::of).orElse(null));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Move a proof of concept to production")
    @APIResponse(responseCode = "202", description = "Follow the operation; nobody writes from its pause to its end")
    public Response move(String tenant, @Nullable Request desired) {
        var row = operated(tenant);
        var placement = wantedPlacement(row, placement(desired == null ? null : desired.database()));
        var confirmed = confirmed(desired == null ? null : desired.confirmed());
        var early = start.obstacle(row);
        if (early.isPresent()) return answer(row, early.get());
        var readiness = check.of(row, placement, confirmed);
        if (!readiness.ready())
            throw Problem.of(
                            ProblemType.CONFLICT,
                            row.name()
                                    + " is not ready for production; readiness says what is open and how to mend it.")
                    .with("readiness", readiness.open().stream().map(Item::of).toList())
                    .exception();
        return answer(row, start.move(callers.current(), row, placement, confirmed));
    }

    @POST
    @Path("roll-back")
    @Operation(summary = "Go back to the old database, with everything that was written since")
    @APIResponse(responseCode = "202", description = "Follow the operation")
    public Response rollBack(String tenant) {
        var row = operated(tenant);
        return answer(row, start.rollBack(callers.current(), row));
    }

    @POST
    @Path("decommission")
    @Operation(summary = "Remove the old database now, before its time")
    @APIResponse(responseCode = "202", description = "Follow the operation; after it nothing leads back")
    public Response decommission(String tenant) {
        var row = operated(tenant);
        return answer(row, start.decommission(callers.current(), row));
    }

    /// Production's price is the platform's business, so is the way there.
    private TenantRow operated(String tenant) {
        var row = access.toSee(tenant);
        callers.current().mustBe(Role.OPERATOR);
        return row;
    }

    private static Response answer(TenantRow tenant, StartMove.Result result) {
        return switch (result) {
            case StartMove.Result.Asked(var answer) -> ChangeAnswers.forProgram(tenant, answer, RULE);
            case StartMove.Result.Refused(var why) ->
                throw Problem.of(ProblemType.CONFLICT, why).exception();
        };
    }

    /// As asked for, or else as the plan says; a database that has its own server keeps it.
    static Placement wantedPlacement(TenantRow tenant, Optional<Placement> asked) {
        return asked.orElse(
                tenant.plan().size().dedicated() || tenant.placement() == Placement.DEDICATED
                        ? Placement.DEDICATED
                        : Placement.SHARED);
    }

    static Optional<Placement> placement(@Nullable String word) {
        if (word == null || word.isBlank()) return Optional.empty();
        return Optional.of(Placement.find(word.strip().toLowerCase(Locale.ROOT))
                .orElseThrow(() ->
                        Problem.field("database", "must be shared or dedicated").exception()));
    }

    static Set<Confirmation> confirmed(@Nullable List<String> words) {
        var confirmed = EnumSet.noneOf(Confirmation.class);
        for (var word : words == null ? List.<String>of() : words)
            confirmed.add(Confirmation.find(word == null ? "" : word.strip().toLowerCase(Locale.ROOT))
                    .orElseThrow(() -> Problem.field(
                                    "confirmed", "“" + word + "” is nothing that can be confirmed; GET lists what is")
                            .exception()));
        return confirmed;
    }

    private static Cost cost(MoveCost cost) {
        return new Cost(
                cost.priceBook(),
                cost.after().currency().getCurrencyCode(),
                cost.before().amount(),
                cost.after().amount(),
                MoveCost.ONCE_LOW.amount(),
                MoveCost.ONCE_HIGH.amount(),
                MoveCost.SOURCE);
    }
}
