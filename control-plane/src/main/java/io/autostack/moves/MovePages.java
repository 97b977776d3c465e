package io.autostack.moves;

import io.autostack.costs.PriceBooks;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.shared.Money;
import io.autostack.tenancy.ChangeAnswers;
import io.autostack.tenancy.Environment;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.TenantParts;
import io.autostack.tenancy.TenantRow;
import io.autostack.ui.moves.MovePage;
import io.autostack.ui.moves.MovePage.Check;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.Fact;
import io.autostack.ui.parts.Tone;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/// The way to production: the list, the prices, the button, and the ways back.
@Path("/tenants/{tenant}/move")
@Produces(MediaType.TEXT_HTML)
class MovePages {

    private final Callers callers;
    private final TenantAccess access;
    private final ReadinessCheck check;
    private final StartMove start;
    private final Moves moves;
    private final PriceBooks prices;
    private final CloudDescription cloud;
    private final Frames frames;

    @Inject
    MovePages(
            Callers callers,
            TenantAccess access,
            ReadinessCheck check,
            StartMove start,
            Moves moves,
            PriceBooks prices,
            CloudDescription cloud,
            Frames frames) {
        this.callers = callers;
        this.access = access;
        this.check = check;
        this.start = start;
        this.moves = moves;
        this.prices = prices;
        this.cloud = cloud;
        this.frames = frames;
    }

    @GET
    public TemplateInstance page(String tenant) {
        return page(access.toAdminister(tenant), Set.of(), null);
    }

    @POST
    public Response move(
            String tenant, @RestForm @Nullable String database, @RestForm @Nullable List<String> confirmed) {
        var row = operated(tenant);
        var placement = MoveApi.wantedPlacement(row, MoveApi.placement(database));
        var ticked = MoveApi.confirmed(confirmed);
        var early = start.obstacle(row);
        if (early.isPresent()) return answer(row, early.get());
        if (!check.of(row, placement, ticked).ready())
            return Response.status(409)
                    .entity(page(row, ticked, "The list says what is still open, and how to mend it.")
                            .render())
                    .build();
        return answer(row, start.move(callers.current(), row, placement, ticked));
    }

    @POST
    @Path("roll-back")
    public Response rollBack(String tenant) {
        var row = operated(tenant);
        return answer(row, start.rollBack(callers.current(), row));
    }

    @POST
    @Path("decommission")
    public Response decommission(String tenant) {
        var row = operated(tenant);
        return answer(row, start.decommission(callers.current(), row));
    }

    private TenantRow operated(String tenant) {
        var row = access.toSee(tenant);
        callers.current().mustBe(Role.OPERATOR);
        return row;
    }

    private Response answer(TenantRow tenant, StartMove.Result result) {
        return switch (result) {
            case StartMove.Result.Asked(var answer) -> ChangeAnswers.forPerson(tenant, answer);
            case StartMove.Result.Refused(var why) ->
                Response.status(409)
                        .entity(page(tenant, Set.of(), why).render())
                        .build();
        };
    }

    private MovePage page(TenantRow tenant, Set<Confirmation> ticked, @Nullable String refusal) {
        var operator = callers.current().is(Role.OPERATOR);
        var poc = tenant.environment() == Environment.POC;
        var move = moves.newest(tenant.id());
        var moving =
                move.filter(newest -> MoveState.OPEN.contains(newest.state())).isPresent();
        var cost = MoveCost.at(prices.current());
        return new MovePage(
                frames.frame("Production for " + tenant.name()),
                TenantParts.tabs(tenant, TenantTab.SETTINGS, true),
                poc ? "Proof of concept" : "Production",
                refusal,
                poc && !moving ? checks(tenant, ticked) : List.of(),
                poc && !moving ? confirmations(ticked) : List.of(),
                List.of(
                        Fact.text("A month before", amount(cost.before())),
                        Fact.text("A month after", amount(cost.after()) + " (" + amount(cost.more()) + " more)"),
                        Fact.text("Once", amount(MoveCost.ONCE_LOW) + " to " + amount(MoveCost.ONCE_HIGH)),
                        Fact.text("From", "Price book " + cost.priceBook() + ". " + MoveCost.SOURCE)),
                TenantParts.placements(cloud),
                move.map(MovePages::made).orElse(null),
                poc && !moving && operator,
                operator && move.map(Move::state).equals(Optional.of(MoveState.MOVED)));
    }

    private List<Check> checks(TenantRow tenant, Set<Confirmation> ticked) {
        return check.of(tenant, MoveApi.wantedPlacement(tenant, Optional.empty()), ticked).items().stream()
                .filter(item -> Confirmation.find(item.name()).isEmpty())
                .map(item -> new Check(item.what(), badge(item.answer()), item.remedy()))
                .toList();
    }

    private static Badge badge(Readiness.Answer answer) {
        return switch (answer) {
            case MET -> new Badge("met", Tone.GOOD);
            case OPEN -> new Badge("open", Tone.BAD);
            case NOT_CHECKED -> new Badge("not checked here", Tone.NEUTRAL);
        };
    }

    private static List<MovePage.Confirmation> confirmations(Set<Confirmation> ticked) {
        return Arrays.stream(Confirmation.values())
                .map(confirmation -> new MovePage.Confirmation(
                        confirmation.word(), confirmation.sentence(), ticked.contains(confirmation)))
                .toList();
    }

    private static MovePage.Made made(Move move) {
        var facts = new ArrayList<Fact>();
        facts.add(Fact.text("Asked for by", move.requestedBy));
        facts.add(Fact.code("From", move.fromDatabase));
        facts.add(Fact.code("To", move.toDatabase));
        if (move.pauseMs != null) facts.add(Fact.text("Nobody could write for", move.pauseMs + " ms"));
        facts.add(Fact.text(
                "A month",
                amount(new Money(move.monthlyBefore, Currency.getInstance(move.currency))) + " before, "
                        + amount(new Money(move.monthlyAfter, Currency.getInstance(move.currency))) + " after"));
        return new MovePage.Made(Badge.status(move.state().word()), facts, move.operationId.toString(), move.keepUntil);
    }

    private static String amount(Money money) {
        return TenantParts.amount(money).text();
    }
}
