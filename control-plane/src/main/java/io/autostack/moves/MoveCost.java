package io.autostack.moves;

import io.autostack.costs.Estimate;
import io.autostack.costs.Infrastructure;
import io.autostack.costs.Infrastructure.LoadBalancer.Load;
import io.autostack.costs.LowHigh;
import io.autostack.costs.PriceBook;
import io.autostack.provisioning.cloud.ServerSpec;
import io.autostack.shared.Money;
import java.math.BigDecimal;
import java.util.List;

/// What one tenant's infrastructure costs a month before and after the move, at the prices of the book: the profiles
/// `poc-1` and `prod-1` (source 003 §2.2 and §3.2).
record MoveCost(int priceBook, Money before, Money after) {

    /// Once for each tenant: mostly 4 to 8 hours of engineering (source 003 §5.3).
    static final Money ONCE_LOW = Money.usd("500");

    static final Money ONCE_HIGH = Money.usd("1050");

    /// Where the profiles and the one-time figures are from.
    static final String SOURCE = "Profiles poc-1 and prod-1, source 003 §2.2, §3.2; one-time cost §5.3";

    private static final BigDecimal HALF = new BigDecimal("0.5");

    static MoveCost at(PriceBook book) {
        return new MoveCost(
                book.version(),
                Estimate.of(book, poc()).low(),
                Estimate.of(book, production()).low());
    }

    Money more() {
        return new Money(after.amount().subtract(before.amount()), after.currency());
    }

    private static Infrastructure database(ServerSpec server) {
        return new Infrastructure.DatabaseServers(
                "Database", 1, server.instanceClass(), server.multiAz(), BigDecimal.valueOf(server.storageGb()));
    }

    private static List<Infrastructure> poc() {
        return List.of(
                new Infrastructure.Containers("Application Containers", LowHigh.of(1), HALF, BigDecimal.ONE),
                database(ServerSpec.POC),
                new Infrastructure.LoadBalancer("Load Balancer", new Load.Charge(new BigDecimal("5.00"))),
                new Infrastructure.ObjectStorage("Object Storage", LowHigh.of(5), LowHigh.of(5)),
                new Infrastructure.Monitoring("Monitoring", LowHigh.of("0.5"), 5, 5, 0),
                new Infrastructure.Secrets("Secrets", 3),
                new Infrastructure.Dns("DNS", 1, LowHigh.of("0.010")),
                new Infrastructure.Egress("Data Transfer", LowHigh.of(10)));
    }

    private static List<Infrastructure> production() {
        return List.of(
                new Infrastructure.Containers("Application Containers", LowHigh.of(2, 10), HALF, BigDecimal.ONE),
                database(ServerSpec.PRODUCTION),
                new Infrastructure.LoadBalancer("Load Balancer", new Load.Charge(new BigDecimal("8.00"))),
                new Infrastructure.ObjectStorage("Object Storage", LowHigh.of(10), LowHigh.of(10)),
                new Infrastructure.Monitoring("Monitoring", LowHigh.of(2), 15, 15, 1),
                new Infrastructure.Secrets("Secrets", 5),
                new Infrastructure.Dns("DNS", 1, LowHigh.of("0.100")),
                new Infrastructure.BackupStorage("Backup Storage", LowHigh.of(20)),
                new Infrastructure.Egress("Data Transfer", LowHigh.of(50)));
    }
}
