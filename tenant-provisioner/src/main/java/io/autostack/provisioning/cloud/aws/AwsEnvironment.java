package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.cloud.ServerSpec;
import io.smallrye.config.SmallRyeConfigBuilder;

/// The environment as its settings say, for commands that need no control plane.
public final class AwsEnvironment implements AutoCloseable {

    private final AwsConfig config;
    private final AwsClients clients = new AwsClients();

    private AwsEnvironment(AwsConfig config) {
        this.config = config;
    }

    /// From the variables of this process.
    public static AwsEnvironment open() {
        return new AwsEnvironment(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .withMapping(AwsConfig.class)
                .build()
                .getConfigMapping(AwsConfig.class));
    }

    AwsConfig config() {
        return config;
    }

    AwsSettings settings() {
        return new AwsSettings(config);
    }

    AwsClients clients() {
        return clients;
    }

    /// What bringing a tenant in would make.
    ///
    /// @param slug the tenant's short name
    /// @throws IllegalArgumentException it is none
    public OnboardingPlan planOnboarding(String slug, ServerSpec server) {
        return OnboardingPlan.of(settings(), clients, slug, server);
    }

    @Override
    public void close() throws Exception {
        clients.close();
    }
}
