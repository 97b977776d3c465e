package io.autostack.provisioning.cloud;

/// One member of a secret.
public record SecretMember(String secret, String member) {}
