package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.cloud.Calls;
import io.autostack.provisioning.cloud.Cloud;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/// Gives everybody who asks for the cloud this driver, with its calls noted.
@ApplicationScoped
class Driver {

    @Produces
    @ApplicationScoped
    Cloud cloud(LocalCloud driver) {
        return Calls.noted(driver.whole());
    }
}
