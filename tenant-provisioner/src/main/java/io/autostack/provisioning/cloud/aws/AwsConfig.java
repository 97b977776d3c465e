package io.autostack.provisioning.cloud.aws;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the environment on AWS is, as Terraform made it. Needed with `autostack.cloud=aws`, and then all of it is
/// looked at together. Identity, region and endpoint come from the SDK's own chain.
@ConfigMapping(prefix = "autostack.aws")
public interface AwsConfig {

    /// The network.
    Optional<String> vpcId();

    /// Private subnets in which tasks run.
    Optional<List<String>> subnetIds();

    /// Where tenants' databases are made.
    Optional<String> databaseSubnetGroup();

    /// Security groups of tenants' databases.
    Optional<List<String>> databaseSecurityGroupIds();

    /// Security groups of tasks.
    Optional<List<String>> taskSecurityGroupIds();

    /// The ECS cluster, which also names the environment in tags and in names of secrets.
    Optional<String> cluster();

    /// HTTPS listener at which rules are made.
    Optional<String> listenerArn();

    /// Name of the load balancer.
    Optional<String> loadBalancerDnsName();

    /// Zone in which tenants' names are made.
    Optional<String> hostedZoneId();

    /// Domain right below which tenants' names are.
    Optional<String> domain();

    /// Role with which ECS starts tasks.
    Optional<String> taskExecutionRoleArn();

    /// Role of the application's tasks.
    Optional<String> taskRoleArn();

    /// Key that everything is encrypted with; empty for the ones that AWS keeps.
    Optional<String> kmsKeyId();

    /// Bucket for build contexts, exports and archived snapshots.
    Optional<String> artefactBucket();

    /// What names of log groups begin with.
    Optional<String> logGroupPrefix();

    /// Image of the application that tenants share.
    Optional<String> applicationImage();

    /// How old the password of an instance's administrator gets before it is replaced, as `P30D`.
    @WithDefault("P30D")
    Duration administratorPasswordAge();

    /// Where the application listens in its tasks.
    @WithDefault("8080")
    int applicationPort();

    /// Where the application answers 2xx once it is ready.
    @WithDefault("/healthz")
    String applicationHealthPath();

    /// Processor that tasks run on.
    @WithDefault("x86-64")
    TaskArchitecture taskArchitecture();

    /// Which address of an instance the control plane uses: `private` from inside the network, `public` from outside.
    @WithDefault("private")
    DatabaseAddress databaseAddress();

    /// How sessions with tenants' databases are encrypted. `off` only together with an endpoint that is not AWS.
    @WithDefault("verify-full")
    DatabaseTls databaseTls();

    /// File with the certificates of the authorities that sign those of RDS.
    @WithDefault("/opt/autostack/rds-ca-bundle.pem")
    Path databaseCaBundle();

    /// A processor.
    enum TaskArchitecture {
        X86_64,
        ARM64
    }

    /// Which address of an instance is used.
    enum DatabaseAddress {
        PUBLIC,
        PRIVATE
    }

    /// How much of a certificate is checked.
    enum DatabaseTls {
        /// Signed by one of the known authorities, and for this host.
        VERIFY_FULL,
        /// Encrypted, by whomever.
        REQUIRE,
        /// Not encrypted.
        OFF
    }
}
