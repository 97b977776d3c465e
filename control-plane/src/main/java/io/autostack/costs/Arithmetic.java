package io.autostack.costs;

import io.autostack.costs.Infrastructure.LoadBalancer.Load;
import io.autostack.shared.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Prices the parts of one estimate in their order; allowances that one part used up are gone for the next.
final class Arithmetic {

    private static final String FARGATE = "ECS Fargate";
    private static final String RDS = "RDS PostgreSQL";
    private static final String CLOUDWATCH = "CloudWatch";
    private static final String BALANCER = "Application Load Balancer";
    private static final String ROUTE_53 = "Route 53";

    private final PriceBook book;
    private final BigDecimal hours;
    private final Map<String, LowHigh> usedBefore = new HashMap<>();
    private final List<String> unpriced = new ArrayList<>();

    Arithmetic(PriceBook book) {
        this.book = book;
        this.hours = BigDecimal.valueOf(book.hoursPerMonth());
    }

    Estimate.Row row(Infrastructure part) {
        var row = new RowBuilder(part.component());
        switch (part) {
            case Infrastructure.Containers web -> {
                var tasks = web.tasks();
                row.hourly(
                        FARGATE,
                        "vCPU",
                        "vCPU-hour",
                        tasks.times(web.vcpu()),
                        tasks + " × " + text(web.vcpu()) + " vCPU");
                row.hourly(
                        FARGATE,
                        "memory",
                        "GB-hour",
                        tasks.times(web.memoryGb()),
                        tasks + " × " + text(web.memoryGb()) + " GB");
            }
            case Infrastructure.DatabaseServers servers -> {
                var count = BigDecimal.valueOf(servers.count());
                var size = servers.instanceClass() + zones(servers.multiAz());
                var gb = servers.storageGb();
                row.monthly(RDS, size, "instance-month (730 h)", LowHigh.of(count), text(count));
                row.monthly(
                        RDS,
                        storage(servers.multiAz()),
                        "GB-month",
                        LowHigh.of(gb.multiply(count)),
                        text(count) + " × " + text(gb) + " GB");
            }
            case Infrastructure.DatabaseSpace space ->
                row.monthly(
                        RDS,
                        storage(space.multiAz()),
                        "GB-month",
                        LowHigh.of(space.storageGb()),
                        text(space.storageGb()) + " GB");
            case Infrastructure.BackupStorage backups ->
                row.monthly(
                        RDS, "backup storage beyond free allowance", "GB-month", backups.gb(), backups.gb() + " GB");
            case Infrastructure.Secrets secrets ->
                row.monthly(
                        "Secrets Manager", "secret", "secret-month", LowHigh.of(secrets.count()), "" + secrets.count());
            case Infrastructure.ObjectStorage bucket -> {
                var thousand = bucket.requestsThousand();
                row.monthly("S3", "Standard storage", "GB-month", bucket.gb(), bucket.gb() + " GB");
                row.monthly("S3", "PUT/COPY/POST/LIST requests", "1000 requests", thousand, thousand + " thousand");
            }
            case Infrastructure.Logs logs -> row.logs(logs.gb());
            case Infrastructure.Monitoring watch -> {
                row.logs(watch.logsGb());
                row.beyond(
                        CLOUDWATCH, "custom metric, above 10", "metric-month", LowHigh.of(watch.metrics()), "metrics");
                row.beyond(CLOUDWATCH, "alarm, above 10", "alarm-month", LowHigh.of(watch.alarms()), "alarms");
                row.monthly(
                        CLOUDWATCH,
                        "dashboard",
                        "dashboard-month",
                        LowHigh.of(watch.dashboards()),
                        "" + watch.dashboards());
            }
            case Infrastructure.Egress traffic ->
                row.beyond("AWS Data Transfer", "outbound, after 100 GB, first 10 TB", "GB", traffic.gb(), "GB");
            case Infrastructure.Dns dns -> {
                row.monthly(ROUTE_53, "hosted zone", "zone-month", LowHigh.of(dns.zones()), "" + dns.zones());
                row.monthly(
                        ROUTE_53,
                        "queries",
                        "million queries",
                        dns.millionQueries(),
                        dns.millionQueries() + " million");
            }
            case Infrastructure.LoadBalancer balancer -> {
                row.hourly(BALANCER, "load balancer", "hour", LowHigh.of(1), "1");
                switch (balancer.load()) {
                    case Load.Units(var average) -> row.hourly(BALANCER, "LCU", "LCU-hour", average, average + " LCU");
                    case Load.Charge(var amount) -> row.charge(BALANCER, "LCU", amount);
                }
            }
        }
        return row.build();
    }

    List<String> unpriced() {
        return unpriced;
    }

    private static String zones(boolean multiAz) {
        return multiAz ? " Multi-AZ" : " Single-AZ";
    }

    private static String storage(boolean multiAz) {
        return "gp3 storage" + zones(multiAz);
    }

    private static String text(BigDecimal number) {
        return LowHigh.of(number).toString();
    }

    /// The row of one component.
    private final class RowBuilder {

        private final String component;
        private final List<Estimate.Line> lines = new ArrayList<>();
        private String service = "";

        RowBuilder(String component) {
            this.component = component;
        }

        void hourly(String service, String item, String unit, LowHigh atATime, String words) {
            add(service, item, unit, atATime.times(hours), words, " × " + text(hours) + " h");
        }

        void monthly(String service, String item, String unit, LowHigh quantity, String words) {
            add(service, item, unit, quantity, words, "");
        }

        void logs(LowHigh gb) {
            monthly(CLOUDWATCH, "log ingestion", "GB", gb, gb + " GB");
        }

        /// An item whose first units are free.
        void beyond(String service, String item, String unit, LowHigh quantity, String noun) {
            this.service = service;
            var found = book.find(service, item, unit);
            if (found.isEmpty()) {
                missing(service, item, quantity);
                return;
            }
            var price = found.get();
            var key = service + '\n' + item;
            var before = usedBefore.getOrDefault(key, LowHigh.ZERO);
            var after = before.plus(quantity);
            usedBefore.put(key, after);
            var billed = new LowHigh(
                    within(price, after.low()).subtract(within(price, before.low())),
                    within(price, after.high()).subtract(within(price, before.high())));
            var end = price.upTo();
            if (end != null && after.high().compareTo(end) > 0)
                unpriced.add(component + ": " + service + " beyond " + text(end) + " " + noun + " a month");
            var free = new LowHigh(
                    price.above().subtract(before.high()).max(BigDecimal.ZERO),
                    price.above().subtract(before.low()).max(BigDecimal.ZERO));
            line(price, billed, quantity + " " + noun + " less " + free + " free × " + price.text());
        }

        /// An amount that is known as such.
        void charge(String service, String item, BigDecimal amount) {
            this.service = service;
            var once = LowHigh.of(1);
            lines.add(new Estimate.Line(
                    component,
                    service,
                    item + " (charge)",
                    once,
                    "month",
                    amount,
                    amount,
                    amount,
                    text(amount) + " as charged"));
        }

        Estimate.Row build() {
            return new Estimate.Row(
                    component,
                    service,
                    rounded(lines.stream().map(Estimate.Line::low).reduce(BigDecimal.ZERO, BigDecimal::add)),
                    rounded(lines.stream().map(Estimate.Line::high).reduce(BigDecimal.ZERO, BigDecimal::add)),
                    lines);
        }

        private void add(String service, String item, String unit, LowHigh quantity, String words, String afterPrice) {
            this.service = service;
            book.find(service, item, unit)
                    .ifPresentOrElse(
                            price -> line(price, quantity, words + " × " + price.text() + afterPrice),
                            () -> missing(service, item, quantity));
        }

        private void line(UnitPrice price, LowHigh billed, String formula) {
            lines.add(new Estimate.Line(
                    component,
                    price.service(),
                    price.item(),
                    billed,
                    price.unit(),
                    price.price(),
                    billed.low().multiply(price.price()),
                    billed.high().multiply(price.price()),
                    formula));
        }

        private void missing(String service, String item, LowHigh quantity) {
            if (!quantity.isZero()) unpriced.add(component + ": " + service + " " + item);
        }

        private Money rounded(BigDecimal amount) {
            return new Money(amount, book.currency()).rounded();
        }
    }

    /// How much of a month's quantity lies in the band that the price is for.
    private static BigDecimal within(UnitPrice price, BigDecimal quantity) {
        var end = price.upTo();
        return (end == null ? quantity : quantity.min(end))
                .subtract(price.above())
                .max(BigDecimal.ZERO);
    }
}
