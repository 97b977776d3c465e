package io.autostack.provisioning.cloud.aws;

import io.smallrye.config.SmallRyeConfigBuilder;

/// The environment as its settings say, for commands that need no control plane.
final class AwsEnvironment implements AutoCloseable {

    private final AwsConfig config;
    private final AwsClients clients = new AwsClients();

    private AwsEnvironment(AwsConfig config) {
        this.config = config;
    }

    /// From the variables of this process.
    static AwsEnvironment open() {
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

    @Override
    public void close() throws Exception {
        clients.close();
    }
}
