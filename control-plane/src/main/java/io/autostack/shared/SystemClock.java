package io.autostack.shared;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.InstantSource;

/// The one place where the machine's clock comes in; everybody else is given an `InstantSource`.
@ApplicationScoped
class SystemClock {

    @Produces
    @ApplicationScoped
    InstantSource clock() {
        return InstantSource.system();
    }
}
