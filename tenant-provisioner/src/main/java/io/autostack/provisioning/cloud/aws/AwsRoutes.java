package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.HostTable;
import io.autostack.provisioning.cloud.LeftAlone;
import io.autostack.provisioning.cloud.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Host names of tenants: a row that says whose it is, and a record in the zone. What many tenants ask for at once goes
/// to Route 53 in few batches.
@ApplicationScoped
class AwsRoutes implements Routes {

    private static final Duration SPREADING = Duration.ofSeconds(4);

    private final HostTable hosts;
    private final DnsRecords records;
    private final HostedZone zone;
    private final CallBudget budget;
    private final AwsSettings settings;

    @Inject
    AwsRoutes(HostTable hosts, DnsRecords records, HostedZone zone, CallBudget budget, AwsSettings settings) {
        this.hosts = hosts;
        this.records = records;
        this.zone = zone;
        this.budget = budget;
        this.settings = settings;
    }

    @Override
    public Outcome ensureRoute(UUID tenant, String host) {
        var name = DnsNames.normal(host);
        if (!DnsNames.isInside(name, settings.domain()))
            return new Outcome.Failed("The host name " + name + " is not in the zone of " + settings.domain()
                    + ", and this version leads no other domains to tenants on AWS. Choose a name below "
                    + settings.domain() + ".");
        if (!hosts.claim(tenant, name).equals(Optional.of(tenant)))
            return new Outcome.Failed("The host name " + name + " leads to another tenant. Choose another one.");
        records.want(tenant, name, true);
        var now = records.find(tenant, name);
        if (now.isEmpty()) return new Outcome.NotYet("the record " + name + " of another tenant goes first", SPREADING);
        if (!now.get().settled()) goOn(now.get());
        return records.find(tenant, name).map(AwsRoutes::answer).orElseGet(() -> spreading(name));
    }

    private static Outcome answer(DnsRecords.Row row) {
        if (row.refusal().isPresent()) return new Outcome.Failed(row.refusal().get());
        return row.settled() ? Outcome.done(Map.of("host", row.host(), "record", "in sync")) : spreading(row.host());
    }

    private static Outcome spreading(String host) {
        return new Outcome.NotYet("Route 53 tells its name servers about " + host, SPREADING);
    }

    @Override
    public Outcome removeRoute(UUID tenant, String host) {
        var name = DnsNames.normal(host);
        // The record first: a name that is free while its record is not would have nobody who removes it.
        if (records.find(tenant, name).isPresent()) records.want(tenant, name, false);
        var removed = hosts.release(tenant, name);
        if (!removed && hosts.find(name).isPresent()) return LeftAlone.one("host name", name);
        records.find(tenant, name).ifPresent(this::goOn);
        var left = records.find(tenant, name);
        if (left.isEmpty()) return Outcome.done(Map.of("host", name, "removed", "yes"));
        return left.get().refusal().<Outcome>map(Outcome.Failed::new).orElseGet(() -> spreading(name));
    }

    @Override
    public Optional<UUID> findRoute(String host) {
        return hosts.find(host);
    }

    /// One call for everybody who waits, if there may be one now.
    private void goOn(DnsRecords.Row row) {
        if (row.change().isPresent()) {
            if (budget.takeRoute53() && zone.isInSync(row.change().get()))
                records.settled(row.change().get());
            return;
        }
        if (!budget.takeRoute53()) return;
        var batch = records.claim();
        if (batch.isEmpty()) return;
        try {
            var doubt = batch.getFirst().doubt();
            if (doubt.isPresent()) judge(batch.getFirst(), doubt.get());
            else send(batch);
        } catch (RuntimeException e) {
            records.putBack(batch, null);
            throw e;
        }
    }

    private void send(List<DnsRecords.Row> batch) {
        switch (zone.send(batch)) {
            case HostedZone.Sent.Accepted(var change) -> records.sent(batch, change);
            case HostedZone.Sent.Later() -> records.putBack(batch, null);
            case HostedZone.Sent.Refused(var why) -> refused(batch, why);
        }
    }

    /// Half of them go by themselves the next time; one that is alone is looked at then.
    private void refused(List<DnsRecords.Row> batch, String why) {
        if (batch.size() > 1) records.putBack(batch, (batch.size() + 1) / 2);
        else records.doubted(batch.getFirst(), why);
    }

    /// An answer that was lost after its success looks like a name that is taken.
    private void judge(DnsRecords.Row row, String why) {
        var found = zone.find(row.host());
        var ours = found.filter(zone::leadsToUs).isPresent();
        if (row.there() == ours) records.settled(row);
        else if (row.there() && found.isPresent())
            records.refused(
                    row,
                    "The name " + row.host() + " has a record of type "
                            + found.get().typeAsString()
                            + " in the zone already, which is not ours. Remove it or choose another name, then retry.");
        else if (row.there()) free(row);
        else records.refused(row, refusal(row, why));
    }

    /// Some emulators refuse a name that was there once. What AWS documents is that it can be made.
    private void free(DnsRecords.Row row) {
        switch (zone.sendUnlessTaken(row)) {
            case HostedZone.Sent.Accepted(var change) -> records.sent(List.of(row), change);
            case HostedZone.Sent.Later() -> records.putBack(List.of(row), 1);
            case HostedZone.Sent.Refused(var why) -> records.refused(row, refusal(row, why));
        }
    }

    private static String refusal(DnsRecords.Row row, String why) {
        return "Route 53 does not take a change of " + row.host() + ": " + why + " Put that right, then retry.";
    }
}
