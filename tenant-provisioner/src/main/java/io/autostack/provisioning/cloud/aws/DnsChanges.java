package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Records of the zone that lead to the load balancer. What many ask for at once goes to Route 53 in few batches.
@ApplicationScoped
class DnsChanges {

    /// What was refused though nobody has the name. It goes by itself the next time, as a call that was counted.
    private static final String NOBODY_HAS_IT = "nobody has it";

    private static final Duration SPREADING = Duration.ofSeconds(4);

    private final DnsRecords records;
    private final HostedZone zone;
    private final CallBudget budget;

    @Inject
    DnsChanges(DnsRecords records, HostedZone zone, CallBudget budget) {
        this.records = records;
        this.zone = zone;
        this.budget = budget;
    }

    /// All name servers know the name.
    Outcome ensure(UUID tenant, String name) {
        records.want(tenant, name, true);
        var now = records.find(tenant, name);
        if (now.isEmpty()) return new Outcome.NotYet("the record " + name + " of another tenant goes first", SPREADING);
        if (!now.get().settled()) goOn(now.get());
        return records.find(tenant, name).map(DnsChanges::answer).orElseGet(() -> spreading(name));
    }

    private static Outcome answer(DnsRecords.Row row) {
        if (row.refusal().isPresent()) return new Outcome.Failed(row.refusal().get());
        return row.settled() ? Outcome.done(Map.of("host", row.host(), "record", "in sync")) : spreading(row.host());
    }

    private static Outcome spreading(String host) {
        return new Outcome.NotYet("Route 53 tells its name servers about " + host, SPREADING);
    }

    /// It has to go, but nothing is done about it yet.
    void unwant(UUID tenant, String name) {
        if (records.find(tenant, name).isPresent()) records.want(tenant, name, false);
    }

    /// No name server knows the name.
    Outcome remove(UUID tenant, String name) {
        unwant(tenant, name);
        records.find(tenant, name).ifPresent(this::goOn);
        var left = records.find(tenant, name);
        if (left.isEmpty()) return Outcome.done(Map.of("host", name, "removed", "yes"));
        return left.get().refusal().<Outcome>map(Outcome.Failed::new).orElseGet(() -> spreading(name));
    }

    /// One call for everybody who waits, if there may be one now.
    private void goOn(DnsRecords.Row row) {
        budget.ofRoute53(() -> row.change().ifPresentOrElse(this::look, this::sendSome));
    }

    private void look(String change) {
        if (zone.isInSync(change)) records.settled(change);
    }

    private void sendSome() {
        var batch = records.claim();
        if (batch.isEmpty()) return;
        try {
            var doubt = batch.getFirst().doubt();
            if (doubt.isEmpty()) send(batch);
            else if (doubt.get().equals(NOBODY_HAS_IT)) free(batch.getFirst());
            else judge(batch.getFirst(), doubt.get());
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
        else if (row.there()) records.doubted(row, NOBODY_HAS_IT);
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
