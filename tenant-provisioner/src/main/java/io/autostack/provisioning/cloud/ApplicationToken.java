package io.autostack.provisioning.cloud;

/// With which the application that tenants share asks the control plane, where a driver runs that application.
public interface ApplicationToken {

    /// A new one that nobody knows yet.
    String generate();

    /// From now on who has it is the application. The same one can be registered again and again.
    void register(String token);
}
