package io.autostack.moves;

import io.autostack.costs.PriceBooks;
import io.autostack.identity.Caller;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.ServerSpec;
import io.autostack.provisioning.plans.DecommissionDatabase;
import io.autostack.provisioning.plans.MoveToProduction;
import io.autostack.provisioning.plans.RollBackMove;
import io.autostack.provisioning.plans.Subject;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.ChangeRequest;
import io.autostack.tenancy.Environment;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Enqueues a move, its way back, or the end of the fallback: one transaction under the tenant's lock.
@ApplicationScoped
class StartMove {

    static final Set<String> KINDS = Set.of(MoveToProduction.KIND, RollBackMove.KIND, DecommissionDatabase.KIND);

    private final ChangeRequest request;
    private final Tenants tenants;
    private final Moves moves;
    private final PriceBooks prices;
    private final InstantSource clock;

    @Inject
    StartMove(ChangeRequest request, Tenants tenants, Moves moves, PriceBooks prices, InstantSource clock) {
        this.request = request;
        this.tenants = tenants;
        this.moves = moves;
        this.prices = prices;
        this.clock = clock;
    }

    /// What can come of it.
    sealed interface Result {

        record Asked(ChangeRequest.Result answer) implements Result {}

        /// The tenant is in production already, or has no move to go back from.
        record Refused(String why) implements Result {}
    }

    /// What refuses a move whatever its readiness; empty when nothing does.
    @Transactional
    Optional<Result> obstacle(TenantRow tenant) {
        var open = moves.open(tenant.id());
        if (open.isPresent() && open.get().state() == MoveState.MOVING)
            return Optional.of(new Result.Asked(new ChangeRequest.Result.UnderWay(open.get().operationId)));
        if (tenant.environment() != Environment.POC)
            return Optional.of(new Result.Refused(tenant.name() + " is in production already."));
        return open.map(earlier -> new Result.Refused("An earlier move has not come to its end yet."));
    }

    @Transactional
    Result move(Caller caller, TenantRow asked, Placement placement, Set<Confirmation> confirmed) {
        var tenant = tenants.lock(asked.id());
        var obstacle = obstacle(tenant);
        if (obstacle.isPresent()) return obstacle.get();
        var id = UuidV7.next();
        var words = confirmed.stream().map(Confirmation::word).sorted().collect(Collectors.joining(","));
        var details = Map.of("database", placement.word(), "confirmed", words, "by", caller.name());
        var subject = tenant.subject(caller.name());
        var toProduction = new MoveToProduction.Request(subject, id, placement, tenant.sizing());
        var answer = request.ask(
                caller,
                tenant,
                new ChangeRequest.Change(
                        Set.of(TenantStatus.ACTIVE),
                        KINDS,
                        "tenant.move-requested",
                        details,
                        (asSubject, change) -> toProduction));
        if (answer instanceof ChangeRequest.Result.Accepted(var operation)) {
            var move = opened(tenant, subject, id, placement, words);
            move.operationId = operation;
            move.toDatabase = toProduction.to().name();
            move.toSecret = toProduction.to().secret();
            moves.persist(move);
        }
        return new Result.Asked(answer);
    }

    @Transactional
    Result rollBack(Caller caller, TenantRow asked) {
        return withFallback(
                caller,
                asked,
                "tenant.move-back-requested",
                MoveState.ROLLING_BACK,
                (tenant, move, subject, id) -> new RollBackMove.Request(
                        subject, id, move.id, left(move, subject.requestedBy()).databaseSpec(), tenant.sizing()));
    }

    @Transactional
    Result decommission(Caller caller, TenantRow asked) {
        return withFallback(
                caller,
                asked,
                "tenant.decommission-requested",
                MoveState.DECOMMISSIONING,
                (tenant, move, subject, id) -> decommissioning(move, subject.requestedBy(), id));
    }

    /// What is enqueued about a move that has a fallback.
    private interface About {
        OperationRequest request(TenantRow tenant, Move move, Subject subject, UUID id);
    }

    private Result withFallback(Caller caller, TenantRow asked, String action, MoveState to, About about) {
        var tenant = tenants.lock(asked.id());
        var open = moves.open(tenant.id());
        if (open.isPresent() && open.get().state() != MoveState.MOVED)
            return new Result.Refused("The move is " + open.get().state().word() + "; follow that operation.");
        if (open.isEmpty()) return new Result.Refused(tenant.name() + " has no fallback from a move.");
        var move = open.get();
        var answer = request.ask(
                caller,
                tenant,
                new ChangeRequest.Change(
                        Set.of(TenantStatus.ACTIVE),
                        KINDS,
                        action,
                        Map.of("move", move.id.toString()),
                        (subject, id) -> about.request(tenant, move, subject, id)));
        if (answer instanceof ChangeRequest.Result.Accepted) moves.change(move.id, MoveState.MOVED, to);
        return new Result.Asked(answer);
    }

    /// The end of the database that the tenant left when it moved.
    static DecommissionDatabase.Request decommissioning(Move move, String requestedBy, UUID id) {
        return new DecommissionDatabase.Request(left(move, requestedBy), id, move.id, Optional.empty());
    }

    private static Subject left(Move move, String requestedBy) {
        return new Subject(
                move.tenantId,
                move.slug,
                move.fromDatabase,
                move.fromSecret,
                Placement.of(move.fromPlacement),
                ServerSpec.POC,
                requestedBy);
    }

    private Move opened(TenantRow tenant, Subject subject, UUID id, Placement placement, String confirmed) {
        var cost = MoveCost.at(prices.current());
        var move = new Move();
        move.id = id;
        move.tenantId = tenant.id();
        move.slug = tenant.slug();
        move.state = MoveState.MOVING.word();
        move.fromDatabase = subject.database();
        move.fromSecret = subject.secret();
        move.fromPlacement = subject.placement().word();
        move.toPlacement = placement.word();
        move.confirmed = confirmed;
        move.priceBook = cost.priceBook();
        move.monthlyBefore = cost.before().amount();
        move.monthlyAfter = cost.after().amount();
        move.currency = cost.after().currency().getCurrencyCode();
        move.requestedBy = subject.requestedBy();
        move.requestedAt = clock.instant();
        return move;
    }
}
