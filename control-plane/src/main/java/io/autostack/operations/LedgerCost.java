package io.autostack.operations;

import io.autostack.costs.PriceBooks;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;

/// Looks up what an operation's cost is made from.
@ApplicationScoped
class LedgerCost {

    private final Operations operations;
    private final PriceBooks prices;
    private final InstantSource clock;

    @Inject
    LedgerCost(Operations operations, PriceBooks prices, InstantSource clock) {
        this.operations = operations;
        this.prices = prices;
        this.clock = clock;
    }

    ListPrice of(Operation operation) {
        return ListPrice.of(operation, operations.built(operation), prices.current(), clock.instant());
    }
}
