package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.TransientException;
import io.autostack.provisioning.cloud.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;

/// Whether tenants could live in this environment, asked of AWS without changing anything.
final class Preflight {

    private static final int ZONES = 2;

    /// The smallest one that RDS gives.
    private static final int PAGE = 20;

    /// Of a load balancer, its default rules not counted ("Quotas for your Application Load Balancers").
    private static final int RULES = 100;

    private final AwsSettings settings;
    private final AwsClients clients;
    private final HostedZone zone;
    private final AwsQuotas quotas;
    private final List<Finding> findings = new ArrayList<>();

    private Preflight(AwsSettings settings, AwsClients clients) {
        this.settings = settings;
        this.clients = clients;
        this.zone = new HostedZone(clients, settings);
        this.quotas = new AwsQuotas(clients);
    }

    /// @param good false: tenants could not live there
    record Finding(String what, boolean good, String sentence) {}

    private interface Looking {
        /// @return what is well, as a sentence
        /// @throws Missing what is not
        String look() throws Missing;
    }

    private static final class Missing extends Exception {

        private static final long serialVersionUID = 1;

        Missing(String sentence) {
            super(sentence);
        }
    }

    static List<Finding> of(AwsSettings settings, AwsClients clients) {
        var preflight = new Preflight(settings, clients);
        preflight.look();
        return List.copyOf(preflight.findings);
    }

    private void look() {
        var problems = settings.problems();
        problems.forEach(problem -> findings.add(new Finding("settings", false, problem)));
        if (problems.isEmpty()) findings.add(new Finding("settings", true, "All that are needed are there."));
        settings.warning().ifPresent(warning -> findings.add(new Finding("settings", true, warning)));
        if (!problems.isEmpty()) return;
        look("identity", this::identity);
        look("zone", this::zone);
        look(
                "load balancer",
                () -> "Names lead to " + settings.loadBalancer() + ", in zone " + zone.balancersZone() + ".");
        look("subnet group", this::subnetGroup);
        look(
                "instances",
                () -> AwsRefusal.call(AwsCall.DESCRIBE_DB_INSTANCES, () -> {
                    clients.rds().describeDBInstances(request -> request.maxRecords(PAGE));
                    return "Can be listed.";
                }));
        look(
                "secrets",
                () -> AwsRefusal.call(AwsCall.LIST_SECRETS, () -> {
                    clients.secrets().listSecrets(request -> request.maxResults(PAGE));
                    return "Can be listed.";
                }));
        containers();
        quotas();
    }

    /// What stacks and the shared application need beside it. Tenants can live without.
    private void containers() {
        var missing = settings.missingForContainers();
        if (!missing.isEmpty()) {
            findings.add(new Finding(
                    "containers",
                    settings.applicationImage().isEmpty(),
                    "Cannot run, because these settings are missing: " + String.join(", ", missing) + "."));
            return;
        }
        look("cluster", this::cluster);
        look("listener", this::listener);
    }

    private String cluster() throws Missing {
        var running = AwsRefusal.call(AwsCall.DESCRIBE_SERVICES, () -> {
            try {
                return Optional.of(clients
                        .ecs()
                        .describeServices(request ->
                                request.cluster(settings.environment()).services(SharedApplication.NAME))
                        .services()
                        .stream()
                        .anyMatch(service -> EcsServices.ACTIVE.equals(service.status())));
            } catch (ClusterNotFoundException _) {
                return Optional.<Boolean>empty();
            }
        });
        if (running.isEmpty()) throw new Missing("There is no ECS cluster " + settings.environment() + ".");
        return settings.environment() + " is there. "
                + (settings.applicationImage().isEmpty()
                        ? "No image of a shared application is set, so none is run."
                        : running.get()
                                ? "The shared application runs."
                                : "The shared application comes with the first tenant.");
    }

    private String listener() throws Missing {
        var rules = AwsRefusal.call(AwsCall.DESCRIBE_RULES, () -> {
            try {
                return clients
                        .balancers()
                        .describeRulesPaginator(request -> request.listenerArn(settings.listener()))
                        .stream()
                        .flatMap(page -> page.rules().stream())
                        .filter(rule -> !Boolean.TRUE.equals(rule.isDefault()))
                        .count();
            } catch (ListenerNotFoundException _) {
                return -1L;
            }
        });
        if (rules < 0) throw new Missing("There is no listener " + settings.listener() + ".");
        return "Has " + rules + " rules of the " + RULES + " that AWS gives without being asked, so "
                + Math.max(0, RULES - rules) + " containers of stacks more can be reached.";
    }

    private void look(String what, Looking looking) {
        try {
            findings.add(new Finding(what, true, looking.look()));
        } catch (Missing | OutcomeException | TransientException | SdkClientException | IllegalStateException e) {
            findings.add(new Finding(what, false, String.valueOf(e.getMessage())));
        }
    }

    private String identity() {
        return AwsRefusal.call(AwsCall.GET_CALLER_IDENTITY, () -> {
            var caller = clients.sts().getCallerIdentity();
            return caller.arn() + " in account " + caller.account() + ", region "
                    + clients.sts().serviceClientConfiguration().region() + ".";
        });
    }

    private String zone() throws Missing {
        var name = AwsRefusal.call(AwsCall.GET_HOSTED_ZONE, () -> {
            try {
                return clients.route53()
                        .getHostedZone(request -> request.id(settings.hostedZone()))
                        .hostedZone()
                        .name();
            } catch (NoSuchHostedZoneException _) {
                return "";
            }
        });
        if (name.isEmpty()) throw new Missing("There is no hosted zone " + settings.hostedZone() + " in this account.");
        if (!DnsNames.isInside(settings.domain(), name))
            throw new Missing("The zone " + settings.hostedZone() + " is of " + DnsNames.normal(name) + ", and "
                    + settings.domain() + " is not in it.");
        return "Names of tenants are made below " + settings.domain() + ".";
    }

    private String subnetGroup() throws Missing {
        var name = settings.databaseSubnetGroup();
        var zones = AwsRefusal.call(AwsCall.DESCRIBE_DB_SUBNET_GROUPS, () -> {
            try {
                return clients
                        .rds()
                        .describeDBSubnetGroups(request -> request.dbSubnetGroupName(name))
                        .dbSubnetGroups()
                        .stream()
                        .flatMap(Preflight::zones)
                        .distinct()
                        .sorted()
                        .toList();
            } catch (DbSubnetGroupNotFoundException _) {
                return List.<String>of();
            }
        });
        if (zones.isEmpty()) throw new Missing("There is no subnet group " + name + " for databases.");
        if (zones.size() < ZONES)
            throw new Missing("The subnet group " + name + " is in one zone (" + zones.getFirst()
                    + "); databases in production need two.");
        return name + " is in " + String.join(", ", zones) + ".";
    }

    private static Stream<String> zones(DBSubnetGroup group) {
        return group.subnets().stream()
                .map(subnet -> subnet.subnetAvailabilityZone().name());
    }

    /// Unknown is no obstacle: AWS refuses what is too much, and that is said then.
    private void quotas() {
        var sentence = "unknown.";
        try {
            var known = quotas.ask();
            if (!known.isEmpty())
                sentence = known.stream().map(Preflight::sentence).collect(Collectors.joining(" "));
        } catch (OutcomeException | TransientException e) {
            sentence = "unknown. " + e.getMessage();
        }
        findings.add(new Finding("quotas", true, sentence));
    }

    private static String sentence(Quota quota) {
        return quota.title() + ": " + quota.used() + " of " + quota.limit() + " used"
                + (quota.perTenant() > 0 ? ", so " + quota.free() / quota.perTenant() + " tenants more." : ".");
    }
}
