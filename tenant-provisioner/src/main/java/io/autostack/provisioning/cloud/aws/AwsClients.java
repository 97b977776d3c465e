package io.autostack.provisioning.cloud.aws;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

/// One client for each service, made when it is asked for first. The SDK repeats what was throttled or not answered,
/// each time more slowly; what then still fails is the engine's to repeat. Route 53 counts every call of the account,
/// so
/// there nothing is repeated behind the back of who counts.
@ApplicationScoped
class AwsClients {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// Some creating calls answer only after a minute.
    private static final Duration ANSWER = Duration.ofSeconds(90);

    private static final Duration ALL_ATTEMPTS = Duration.ofMinutes(4);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Supplier<SdkHttpClient> http = once(() -> UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(ANSWER)
            .build());
    private final Supplier<RdsClient> rds = once(() -> build(RdsClient.builder()));
    private final Supplier<SecretsManagerClient> secrets = once(() -> build(SecretsManagerClient.builder()));
    private final Supplier<Route53Client> route53 =
            once(() -> build(Route53Client.builder(), AwsRetryStrategy.doNotRetry()));
    private final Supplier<ElasticLoadBalancingV2Client> balancers =
            once(() -> build(ElasticLoadBalancingV2Client.builder()));
    private final Supplier<EcsClient> ecs = once(() -> build(EcsClient.builder()));
    private final Supplier<CloudWatchLogsClient> logs = once(() -> build(CloudWatchLogsClient.builder()));
    private final Supplier<ApplicationAutoScalingClient> scaling =
            once(() -> build(ApplicationAutoScalingClient.builder()));
    private final Supplier<StsClient> sts = once(() -> build(StsClient.builder()));

    RdsClient rds() {
        return rds.get();
    }

    SecretsManagerClient secrets() {
        return secrets.get();
    }

    Route53Client route53() {
        return route53.get();
    }

    ElasticLoadBalancingV2Client balancers() {
        return balancers.get();
    }

    EcsClient ecs() {
        return ecs.get();
    }

    CloudWatchLogsClient logs() {
        return logs.get();
    }

    ApplicationAutoScalingClient scaling() {
        return scaling.get();
    }

    StsClient sts() {
        return sts.get();
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(B builder) {
        return build(builder, AwsRetryStrategy.forRetryMode(RetryMode.ADAPTIVE_V2));
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(
            B builder, RetryStrategy retries) {
        return builder.httpClient(http.get())
                .overrideConfiguration(overrides -> overrides
                        .retryStrategy(retries)
                        .apiCallAttemptTimeout(ANSWER)
                        .apiCallTimeout(ALL_ATTEMPTS))
                .build();
    }

    private <T extends AutoCloseable> Supplier<T> once(Supplier<T> make) {
        return new Supplier<>() {

            private @Nullable T made;

            @Override
            public synchronized T get() {
                var ready = made;
                if (ready == null) {
                    ready = make.get();
                    open.push(ready);
                    made = ready;
                }
                return ready;
            }
        };
    }

    /// The one that was made last first: they share the HTTP client.
    @PreDestroy
    void close() throws Exception {
        while (!open.isEmpty()) open.pop().close();
    }
}
