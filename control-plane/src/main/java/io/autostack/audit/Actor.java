package io.autostack.audit;

/// Who made a change: a person, an API token, or the platform itself.
///
/// @param kind `user`, `token` or `system`
public record Actor(String name, String kind) {

    public static final Actor SYSTEM = new Actor("autostack", "system");
}
