package io.autostack.provisioning.driver;

import io.autostack.faults.Faults;
import io.autostack.provisioning.cloud.Calls;
import io.autostack.provisioning.cloud.Cloud;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;

/// Everybody who asks for the cloud gets the real driver behind the layer in which tests make faults.
@Alternative
@Priority(1)
@ApplicationScoped
class FaultyCloud {

    @Produces
    @ApplicationScoped
    Cloud cloud(ChosenDriver real) {
        return Faults.around(Calls.noted(real.whole()));
    }
}
