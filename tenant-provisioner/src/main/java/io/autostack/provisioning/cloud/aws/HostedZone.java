package io.autostack.provisioning.cloud.aws;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.PriorRequestNotCompleteException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/// The calls to Route 53. Each name is an alias of the load balancer: it costs nothing to ask for, and may stand at the
/// top of a zone.
@ApplicationScoped
class HostedZone {

    private final AwsClients clients;
    private final AwsSettings settings;
    private volatile @Nullable String balancersZone;

    @Inject
    HostedZone(AwsClients clients, AwsSettings settings) {
        this.clients = clients;
        this.settings = settings;
    }

    /// What became of a batch.
    sealed interface Sent {

        record Accepted(String change) implements Sent {}

        /// Nothing of it was made.
        ///
        /// @param why in the words of Route 53
        record Refused(String why) implements Sent {}

        /// Another one is being made.
        record Later() implements Sent {}
    }

    /// All of them or none. A name that is taken is refused, whoever has it.
    Sent send(List<DnsRecords.Row> rows) {
        return send(rows, ChangeAction.CREATE);
    }

    /// The same for one of which somebody has just seen that nobody has it, whatever its earlier life was.
    Sent sendUnlessTaken(DnsRecords.Row row) {
        return send(List.of(row), ChangeAction.UPSERT);
    }

    private Sent send(List<DnsRecords.Row> rows, ChangeAction making) {
        var changes = rows.stream()
                .map(row -> Change.builder()
                        .action(row.there() ? making : ChangeAction.DELETE)
                        .resourceRecordSet(alias(row.host()))
                        .build())
                .toList();
        return AwsRefusal.call(AwsCall.CHANGE_RECORDS, () -> {
            try {
                var change = clients.route53()
                        .changeResourceRecordSets(request -> request.hostedZoneId(settings.hostedZone())
                                .changeBatch(batch -> batch.comment("AutoStack").changes(changes)))
                        .changeInfo();
                return new Sent.Accepted(DnsNames.zone(change.id()));
            } catch (InvalidChangeBatchException e) {
                return new Sent.Refused(
                        e.messages().isEmpty() ? AwsRefusal.words(e) : String.join("; ", e.messages()) + ".");
            } catch (PriorRequestNotCompleteException _) {
                return new Sent.Later();
            }
        });
    }

    /// Whether all name servers of the zone know.
    boolean isInSync(String change) {
        return AwsRefusal.call(
                AwsCall.GET_CHANGE,
                () -> clients.route53()
                                .getChange(request -> request.id(change))
                                .changeInfo()
                                .status()
                        == ChangeStatus.INSYNC);
    }

    /// What has the name now.
    Optional<ResourceRecordSet> find(String host) {
        return AwsRefusal.call(
                AwsCall.LIST_RECORDS,
                () -> clients
                        .route53()
                        .listResourceRecordSets(request -> request.hostedZoneId(settings.hostedZone())
                                .startRecordName(host)
                                .maxItems("1"))
                        .resourceRecordSets()
                        .stream()
                        .filter(found -> DnsNames.same(found.name(), host))
                        .findFirst());
    }

    boolean leadsToUs(ResourceRecordSet found) {
        return found.aliasTarget() != null
                && DnsNames.same(
                        found.aliasTarget().dnsName().replaceFirst("^dualstack\\.", ""), settings.loadBalancer());
    }

    private ResourceRecordSet alias(String host) {
        return ResourceRecordSet.builder()
                .name(host)
                .type(RRType.A)
                .aliasTarget(target -> target.dnsName(settings.loadBalancer())
                        .hostedZoneId(balancersZone())
                        .evaluateTargetHealth(false))
                .build();
    }

    /// Every load balancer of a region has the same.
    String balancersZone() {
        var known = balancersZone;
        if (known != null) return known;
        var found = AwsRefusal.call(
                AwsCall.DESCRIBE_LOAD_BALANCERS,
                () -> clients.balancers().describeLoadBalancersPaginator().stream()
                        .flatMap(page -> page.loadBalancers().stream())
                        .filter(balancer -> DnsNames.same(balancer.dnsName(), settings.loadBalancer()))
                        .map(LoadBalancer::canonicalHostedZoneId)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("there is no load balancer "
                                + settings.loadBalancer() + " in this account and region")));
        balancersZone = found;
        return found;
    }
}
