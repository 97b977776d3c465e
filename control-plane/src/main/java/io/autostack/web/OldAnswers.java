package io.autostack.web;

import io.autostack.provisioning.PeriodicTask;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/// Removes stored answers to repeated calls once nobody repeats them any more.
@ApplicationScoped
class OldAnswers implements PeriodicTask {

    private final IdempotentCalls calls;

    @Inject
    OldAnswers(IdempotentCalls calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "forget-old-answers";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        calls.forgetOld();
    }
}
