package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.cloud.aws.AwsConfig.DatabaseTls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/// The settings of the environment, complete and possible.
@ApplicationScoped
class AwsSettings {

    private final AwsConfig config;

    @Inject
    AwsSettings(AwsConfig config) {
        this.config = config;
    }

    /// What is missing or impossible, each as a sentence; none when the driver can work.
    List<String> problems() {
        var needed = new TreeMap<String, Optional<?>>(Map.of(
                "autostack.aws.cluster", config.cluster(),
                "autostack.aws.database-subnet-group", config.databaseSubnetGroup(),
                "autostack.aws.database-security-group-ids", config.databaseSecurityGroupIds(),
                "autostack.aws.hosted-zone-id", config.hostedZoneId(),
                "autostack.aws.domain", config.domain(),
                "autostack.aws.load-balancer-dns-name", config.loadBalancerDnsName()));
        var problems = new ArrayList<String>();
        needed.forEach((name, value) -> {
            if (value.isEmpty())
                problems.add(name + " is not set. `./autostack aws configure FILE` writes it from what `terraform"
                        + " output -json` says.");
        });
        if (region().isEmpty())
            problems.add("No region of AWS is set. Set AWS_REGION, or choose a profile that has one with AWS_PROFILE.");
        switch (config.databaseTls()) {
            case VERIFY_FULL -> {
                if (!Files.isReadable(config.databaseCaBundle()))
                    problems.add("autostack.aws.database-ca-bundle is " + config.databaseCaBundle()
                            + ", which cannot be read. It has to be the file of certificates that AWS publishes for"
                            + " RDS.");
            }
            case OFF -> {
                if (endpoint().isEmpty())
                    problems.add("autostack.aws.database-tls is off, which is possible only with an endpoint that is"
                            + " not AWS (AWS_ENDPOINT_URL).");
            }
            case REQUIRE -> {}
        }
        return problems;
    }

    /// What is missing for containers, each by its name; none when they can run.
    List<String> missingForContainers() {
        var needed = new TreeMap<String, Optional<?>>(Map.of(
                "autostack.aws.vpc-id", config.vpcId(),
                "autostack.aws.subnet-ids", config.subnetIds(),
                "autostack.aws.task-security-group-ids", config.taskSecurityGroupIds(),
                "autostack.aws.listener-arn", config.listenerArn(),
                "autostack.aws.task-execution-role-arn", config.taskExecutionRoleArn()));
        return needed.entrySet().stream()
                .filter(setting -> setting.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    static Optional<Region> region() {
        try {
            return Optional.of(DefaultAwsRegionProviderChain.builder().build().getRegion());
        } catch (SdkClientException _) {
            return Optional.empty();
        }
    }

    /// Where calls go instead of AWS; empty for AWS.
    static Optional<String> endpoint() {
        return Optional.ofNullable(System.getProperty("aws.endpointUrl"))
                .or(() -> Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")));
    }

    /// What a person should know before relying on it; empty when nothing.
    Optional<String> warning() {
        if (config.databaseTls() == DatabaseTls.OFF)
            return Optional.of("Sessions with tenants' databases are not encrypted: autostack.aws.database-tls is off,"
                    + " which is for trying things out only.");
        return endpoint().map(elsewhere -> "Calls go to " + elsewhere + ", which is not AWS.");
    }

    /// Of the environment; also the cluster's.
    String environment() {
        return get("cluster", config.cluster());
    }

    String databaseSubnetGroup() {
        return get("database-subnet-group", config.databaseSubnetGroup());
    }

    List<String> databaseSecurityGroups() {
        return get("database-security-group-ids", config.databaseSecurityGroupIds());
    }

    Optional<String> kmsKey() {
        return config.kmsKeyId();
    }

    String hostedZone() {
        return DnsNames.zone(get("hosted-zone-id", config.hostedZoneId()));
    }

    String domain() {
        return DnsNames.normal(get("domain", config.domain()));
    }

    String loadBalancer() {
        return DnsNames.normal(get("load-balancer-dns-name", config.loadBalancerDnsName()));
    }

    String network() {
        return get("vpc-id", config.vpcId());
    }

    List<String> subnets() {
        return get("subnet-ids", config.subnetIds());
    }

    List<String> taskSecurityGroups() {
        return get("task-security-group-ids", config.taskSecurityGroupIds());
    }

    String listener() {
        return get("listener-arn", config.listenerArn());
    }

    String executionRole() {
        return get("task-execution-role-arn", config.taskExecutionRoleArn());
    }

    Optional<String> applicationRole() {
        return config.taskRoleArn();
    }

    Optional<String> applicationImage() {
        return config.applicationImage();
    }

    Duration administratorPasswordAge() {
        return config.administratorPasswordAge();
    }

    int applicationPort() {
        return config.applicationPort();
    }

    String applicationHealthPath() {
        return config.applicationHealthPath();
    }

    AwsConfig.TaskArchitecture architecture() {
        return config.taskArchitecture();
    }

    /// @param rest what follows the beginning that all names have
    String logGroup(String rest) {
        var beginning = config.logGroupPrefix().orElseGet(() -> "/autostack/" + environment());
        return beginning + (beginning.endsWith("/") ? "" : "/") + rest;
    }

    /// What the address of a database ends with that a container gets: it knows no certificates of ours.
    String containersEncryption() {
        return config.databaseTls() == DatabaseTls.OFF ? "" : "?sslmode=require";
    }

    boolean publicAddresses() {
        return config.databaseAddress() == AwsConfig.DatabaseAddress.PUBLIC;
    }

    /// As the end of a `jdbc:postgresql:` address.
    String encryption() {
        return switch (config.databaseTls()) {
            case VERIFY_FULL -> "?sslmode=verify-full&sslrootcert=" + config.databaseCaBundle();
            case REQUIRE -> "?sslmode=require";
            case OFF -> "?sslmode=disable";
        };
    }

    private static <T> T get(String name, Optional<T> value) {
        return value.orElseThrow(() -> new IllegalStateException("autostack.aws." + name + " is not set"));
    }
}
