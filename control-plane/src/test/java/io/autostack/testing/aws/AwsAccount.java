package io.autostack.testing.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
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
    private static final Pattern NETWORK = Pattern.compile("<vpcId>([^<]+)</vpcId>");

    private final URI emulator;
    private final RdsClient rds;
    private final Route53Client route53;
    private final SecretsManagerClient secrets;
    private final Map<String, String> settings;
    private final String zone;

    AwsAccount(URI emulator, String domain) {
        this.emulator = emulator;
        this.rds = at(RdsClient.builder());
        this.route53 = at(Route53Client.builder());
        this.secrets = at(SecretsManagerClient.builder());
        this.zone = route53.createHostedZone(
                        request -> request.name(domain + ".").callerReference("once"))
                .hostedZone()
                .id();
        this.settings = prepare(domain);
    }

    private Map<String, String> prepare(String domain) {
        var subnets = subnets();
        var some = List.of(found(SUBNET, subnets, 0), found(SUBNET, subnets, 1));
        rds.createDBSubnetGroup(group -> group.dbSubnetGroupName("tenants")
                .dbSubnetGroupDescription("of tenants' databases")
                .subnetIds(some));
        try (var balancers = at(ElasticLoadBalancingV2Client.builder())) {
            var balancer = balancers
                    .createLoadBalancer(request -> request.name("autostack").subnets(some))
                    .loadBalancers()
                    .getFirst();
            return Map.of(
                    "autostack.aws.vpc-id",
                    found(NETWORK, subnets, 0),
                    "autostack.aws.subnet-ids",
                    String.join(",", some),
                    "autostack.aws.database-subnet-group",
                    "tenants",
                    "autostack.aws.database-security-group-ids",
                    "sg-12345678",
                    "autostack.aws.cluster",
                    "autostack-test",
                    "autostack.aws.hosted-zone-id",
                    zone,
                    "autostack.aws.domain",
                    domain,
                    "autostack.aws.load-balancer-dns-name",
                    balancer.dnsName());
        }
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
    }

    /// The driver needs no client of EC2, so neither do its tests: the emulator looks at nothing but the scope.
    private String subnets() {
        var request = HttpRequest.newBuilder(emulator)
                .header("content-type", "application/x-www-form-urlencoded")
                .header(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host,"
                                + " Signature=none")
                .POST(HttpRequest.BodyPublishers.ofString("Action=DescribeSubnets&Version=2016-11-15"));
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
