package io.autostack.operations;

import io.autostack.costs.Estimate;
import io.autostack.costs.Infrastructure;
import io.autostack.costs.LowHigh;
import io.autostack.costs.PriceBook;
import io.autostack.provisioning.Billable;
import io.autostack.provisioning.Operation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What the things that an operation has built cost at the price book's prices. On one machine nobody charges for them;
/// it is what the same would cost on AWS.
///
/// @param monthly once everything that is built runs, rounded to cents
/// @param soFar from when each step was done until the operation ended, or until now; six digits behind the point
/// @param priceBook version of the price book
public record ListPrice(BigDecimal monthly, BigDecimal soFar, String currency, int priceBook) {

    private static final BigDecimal MB_PER_GB = BigDecimal.valueOf(1024);
    private static final BigDecimal NANOS_PER_HOUR =
            BigDecimal.valueOf(Duration.ofHours(1).toNanos());

    /// @param built by the name of the step that built it
    static ListPrice of(Operation operation, Map<String, Billable> built, PriceBook book, Instant now) {
        var monthly = BigDecimal.ZERO;
        var soFar = BigDecimal.ZERO;
        var finished = operation.finishedAt();
        var until = finished == null ? now : finished;
        for (var step : operation.steps()) {
            var billable = built.get(step.name());
            var since = step.finishedAt();
            if (billable == null || since == null || step.simulated()) continue;
            var month = monthly(List.of(part(step.title(), billable)), book);
            monthly = monthly.add(month);
            soFar = soFar.add(month.divide(BigDecimal.valueOf(book.hoursPerMonth()), MathContext.DECIMAL64)
                    .multiply(hours(since, until)));
        }
        return new ListPrice(
                monthly,
                soFar.setScale(6, RoundingMode.HALF_UP),
                book.currency().getCurrencyCode(),
                book.version());
    }

    /// Rounded to cents.
    static BigDecimal monthly(List<Infrastructure> parts, PriceBook book) {
        return Estimate.of(book, parts).high().amount();
    }

    boolean isNothing() {
        return monthly.signum() == 0;
    }

    private static BigDecimal hours(Instant since, Instant until) {
        if (until.isBefore(since)) return BigDecimal.ZERO;
        return BigDecimal.valueOf(Duration.between(since, until).toNanos())
                .divide(NANOS_PER_HOUR, MathContext.DECIMAL64);
    }

    static Infrastructure part(String component, Billable billable) {
        return switch (billable) {
            case Billable.DatabaseServer(var server) ->
                new Infrastructure.DatabaseServers(
                        component, 1, server.instanceClass(), server.multiAz(), BigDecimal.valueOf(server.storageGb()));
            case Billable.DatabaseSpace space -> new Infrastructure.DatabaseSpace(component, true, BigDecimal.ONE);
            case Billable.SecretEntry entry -> new Infrastructure.Secrets(component, 1);
            case Billable.RunningContainers(var count, var vcpu, var memoryMb) ->
                new Infrastructure.Containers(
                        component,
                        LowHigh.of(count),
                        vcpu,
                        BigDecimal.valueOf(memoryMb).divide(MB_PER_GB, MathContext.DECIMAL64));
        };
    }
}
