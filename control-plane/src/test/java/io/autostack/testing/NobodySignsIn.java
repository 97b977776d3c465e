package io.autostack.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/// A profile of tests that have a platform for themselves, without an identity provider.
public abstract class NobodySignsIn implements QuarkusTestProfile {

    private final Class<? extends Platform> platform;

    protected NobodySignsIn(Class<? extends Platform> platform) {
        this.platform = platform;
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.oidc.tenant-enabled", "false",
                "autostack.oidc.issuer", "http://127.0.0.1:1/nobody",
                "autostack.oidc.client-secret", "nobody");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(platform));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
