package io.autostack.plugin;

/// The version of this language, which a jar's `Plugin-Requires` is checked against.
public final class PluginApi {

    public static final String VERSION = "0.1.0";

    private PluginApi() {}
}
