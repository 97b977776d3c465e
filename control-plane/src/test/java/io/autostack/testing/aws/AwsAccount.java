package io.autostack.testing.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/// What Terraform would have made in the account before, and what is in the account afterwards.
public final class AwsAccount implements AutoCloseable {

    private static final Pattern SUBNET = Pattern.compile("<subnetId>([^<]+)</subnetId>");
    private static final Pattern GROUP = Pattern.compile("<groupId>([^<]+)</groupId>");
    private static final Pattern NETWORK = Pattern.compile("<vpcId>([^<]+)</vpcId>");

    private static final String ENVIRONMENT = "autostack-test";

    private final URI emulator;
    private final RdsClient rds;
    private final Route53Client route53;
    private final SecretsManagerClient secrets;
    private final EcsClient ecs;
    private final ElasticLoadBalancingV2Client balancers;
    private final CloudWatchLogsClient logs;
    private final Map<String, String> settings;
    private final String zone;

    AwsAccount(URI emulator, String domain) {
        this.emulator = emulator;
        this.rds = at(RdsClient.builder());
        this.route53 = at(Route53Client.builder());
        this.secrets = at(SecretsManagerClient.builder());
        this.ecs = at(EcsClient.builder());
        this.balancers = at(ElasticLoadBalancingV2Client.builder());
        this.logs = at(CloudWatchLogsClient.builder());
        this.zone = route53.createHostedZone(
                        request -> request.name(domain + ".").callerReference("once"))
                .hostedZone()
                .id();
        this.settings = prepare(domain);
    }

    private Map<String, String> prepare(String domain) {
        var subnets = network("DescribeSubnets");
        var some = List.of(found(SUBNET, subnets, 0), found(SUBNET, subnets, 1));
        rds.createDBSubnetGroup(group -> group.dbSubnetGroupName("tenants")
                .dbSubnetGroupDescription("of tenants' databases")
                .subnetIds(some));
        ecs.createCluster(request -> request.clusterName(ENVIRONMENT));
        var balancer = balancers
                .createLoadBalancer(request -> request.name("autostack").subnets(some))
                .loadBalancers()
                .getFirst();
        var settings = new HashMap<String, String>();
        settings.put("vpc-id", found(NETWORK, subnets, 0));
        settings.put("subnet-ids", String.join(",", some));
        settings.put("database-subnet-group", "tenants");
        settings.put("database-security-group-ids", "sg-12345678");
        settings.put("task-security-group-ids", found(GROUP, network("DescribeSecurityGroups"), 0));
        settings.put("cluster", ENVIRONMENT);
        settings.put("hosted-zone-id", zone);
        settings.put("domain", domain);
        settings.put("load-balancer-dns-name", balancer.dnsName());
        settings.put("listener-arn", listener(balancer.loadBalancerArn()));
        settings.put("task-execution-role-arn", "arn:aws:iam::123456789012:role/execution");
        settings.put("task-role-arn", "arn:aws:iam::123456789012:role/application");
        settings.put("application-image", "registry.example.com/application:1");
        return settings.entrySet().stream()
                .collect(Collectors.toMap(setting -> "autostack.aws." + setting.getKey(), Map.Entry::getValue));
    }

    /// Who asks for a name that leads to nobody is told so.
    private String listener(String balancer) {
        return balancers
                .createListener(request -> request.loadBalancerArn(balancer)
                        .protocol(ProtocolEnum.HTTP)
                        .port(80)
                        .defaultActions(action -> action.type(ActionTypeEnum.FIXED_RESPONSE)
                                .fixedResponseConfig(fixed -> fixed.statusCode("404"))))
                .listeners()
                .getFirst()
                .listenerArn();
    }

    /// The service, unless it is gone.
    public Optional<Service> service(String name) {
        return ecs
                .describeServices(
                        request -> request.cluster(ENVIRONMENT).services(name).include(ServiceField.TAGS))
                .services()
                .stream()
                .filter(service -> !"INACTIVE".equals(service.status()))
                .findFirst();
    }

    public TaskDefinition definition(String arn) {
        return ecs.describeTaskDefinition(request -> request.taskDefinition(arn))
                .taskDefinition();
    }

    /// Rules of the listener for the host.
    public List<Rule> rules(String host) {
        return rules().stream()
                .filter(rule -> rule.conditions().stream()
                        .anyMatch(condition ->
                                condition.hostHeaderConfig().values().contains(host)))
                .toList();
    }

    private List<Rule> rules() {
        return balancers
                .describeRules(request -> request.listenerArn(settings.get("autostack.aws.listener-arn")))
                .rules();
    }

    /// The first priority from this one on that no rule has.
    public int firstFreePriority(int from) {
        var taken = rules().stream().map(Rule::priority).toList();
        return IntStream.iterate(from, number -> number + 1)
                .filter(number -> !taken.contains(Integer.toString(number)))
                .findFirst()
                .orElseThrow();
    }

    /// Somebody else's rule.
    public void addRule(String host, int priority) {
        balancers.createRule(request -> request.listenerArn(settings.get("autostack.aws.listener-arn"))
                .priority(priority)
                .conditions(condition -> condition.field("host-header").hostHeaderConfig(hosts -> hosts.values(host)))
                .actions(action -> action.type(ActionTypeEnum.FIXED_RESPONSE)
                        .fixedResponseConfig(fixed -> fixed.statusCode("200"))));
    }

    /// How many target groups there are.
    public int targetGroups() {
        return balancers.describeTargetGroups().targetGroups().size();
    }

    public boolean hasLogGroup(String name) {
        return logs.describeLogGroups(request -> request.logGroupNamePrefix(name)).logGroups().stream()
                .anyMatch(group -> group.logGroupName().equals(name));
    }

    /// As a task does.
    public void write(String logGroup, String line) {
        logs.createLogStream(request -> request.logGroupName(logGroup).logStreamName("task/web/1"));
        logs.putLogEvents(request -> request.logGroupName(logGroup)
                .logStreamName("task/web/1")
                .logEvents(event -> event.message(line).timestamp(System.currentTimeMillis())));
    }

    /// As somebody does who changes it by hand.
    public void put(String name, String value) {
        secrets.putSecretValue(request -> request.secretId(name).secretString(value));
    }

    /// What the secret holds now.
    public String secret(String name) {
        return secrets.getSecretValue(request -> request.secretId(name)).secretString();
    }

    /// Of the driver.
    Map<String, String> settings() {
        return settings;
    }

    /// The instances that carry the tenant's tag.
    public List<DBInstance> instances(UUID tenant) {
        return rds.describeDBInstances().dbInstances().stream()
                .filter(instance -> isOf(tenant, instance.tagList()))
                .toList();
    }

    /// As an operator does by hand.
    public void stop(String instance) {
        rds.stopDBInstance(request -> request.dbInstanceIdentifier(instance));
    }

    /// As AWS does by itself after seven days.
    public void start(String instance) {
        rds.startDBInstance(request -> request.dbInstanceIdentifier(instance));
    }

    /// The snapshots that carry the tenant's tag.
    public List<DBSnapshot> snapshots(UUID tenant) {
        return rds.describeDBSnapshots().dbSnapshots().stream()
                .filter(snapshot -> isOf(tenant, snapshot.tagList()))
                .toList();
    }

    /// Names of the secrets that carry the tenant's tag.
    public List<String> secrets(UUID tenant) {
        return secrets.listSecretsPaginator().stream()
                .flatMap(page -> page.secretList().stream())
                .filter(secret ->
                        secret.tags().stream().anyMatch(tag -> tag.value().equals(tenant.toString())))
                .map(SecretListEntry::name)
                .toList();
    }

    /// Types of the records with this name.
    public List<String> records(String host) {
        return route53.listResourceRecordSetsPaginator(request -> request.hostedZoneId(zone)).stream()
                .flatMap(page -> page.resourceRecordSets().stream())
                .filter(record -> record.name().equals(host + "."))
                .map(ResourceRecordSet::typeAsString)
                .toList();
    }

    /// Somebody else's.
    public void addRecord(String host, String leadsTo) {
        route53.changeResourceRecordSets(request -> request.hostedZoneId(zone)
                .changeBatch(batch -> batch.changes(change -> change.action(ChangeAction.CREATE)
                        .resourceRecordSet(record -> record.name(host)
                                .type(RRType.A)
                                .ttl(300L)
                                .resourceRecords(value -> value.value(leadsTo))))));
    }

    private static boolean isOf(UUID tenant, List<Tag> tags) {
        return tags.stream().anyMatch(tag -> tag.value().equals(tenant.toString()));
    }

    private <B extends AwsClientBuilder<B, C>, C> C at(B builder) {
        return builder.endpointOverride(emulator)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("testing", "testing")))
                .build();
    }

    @Override
    public void close() {
        rds.close();
        route53.close();
        secrets.close();
        ecs.close();
        balancers.close();
        logs.close();
    }

    /// The driver needs no client of EC2, so neither do its tests: the emulator looks at nothing but the scope.
    private String network(String question) {
        var request = HttpRequest.newBuilder(emulator)
                .header("content-type", "application/x-www-form-urlencoded")
                .header(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host,"
                                + " Signature=none")
                .POST(HttpRequest.BodyPublishers.ofString("Action=" + question + "&Version=2016-11-15"));
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String found(Pattern pattern, String text, int number) {
        return pattern.matcher(text)
                .results()
                .skip(number)
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the emulator has no default network"));
    }
}
