package io.autostack.identity;

import io.autostack.provisioning.cloud.ApplicationToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// The application that tenants share gets a token of its own from whichever driver runs it.
@ApplicationScoped
class RegisterApplication implements ApplicationToken {

    private static final String NAME = "shared-application";

    private final ApiTokens tokens;

    @Inject
    RegisterApplication(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public String generate() {
        return ApiTokens.generate();
    }

    @Override
    public void register(String token) {
        if (token.startsWith(ApiTokens.PREFIX)) tokens.ensure(NAME, Role.APPLICATION, token);
    }
}
