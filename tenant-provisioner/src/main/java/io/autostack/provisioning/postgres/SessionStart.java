package io.autostack.provisioning.postgres;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/// How each session of the platform begins. Settings given with the connection come before those that a role, a
/// database or the server has, so that nothing a tenant sets for itself decides what the platform's own
/// statements mean.
final class SessionStart {

    private static final Map<String, String> SETTINGS = settings();

    /// Older servers refuse a session that begins with a setting which they do not know.
    private static final int FIRST_WITH_TRANSACTION_TIMEOUT = 17;

    private SessionStart() {}

    static Properties of(Login login, Duration longest) {
        var properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties(login, longest).forEach(properties::setProperty);
        return properties;
    }

    /// What servers of this major version know as well.
    static void addFor(int majorVersion, Properties properties) {
        if (majorVersion >= FIRST_WITH_TRANSACTION_TIMEOUT)
            properties.merge(
                    "options", " " + options(Map.of("transaction_timeout", "0")), (all, more) -> "" + all + more);
    }

    /// Without credentials.
    static Map<String, String> properties(Duration longest) {
        return properties(new Login("", ""), longest);
    }

    private static Map<String, String> properties(Login login, Duration longest) {
        var settings = new LinkedHashMap<>(SETTINGS);
        login.role().ifPresent(role -> settings.put("role", role));
        var properties = new HashMap<String, String>();
        properties.put("connectTimeout", "5");
        properties.put("socketTimeout", Long.toString(longest.toSeconds()));
        properties.put("tcpKeepAlive", "true");
        properties.put("ApplicationName", "autostack-provisioner");
        properties.put("socketFactory", BoundedSockets.class.getName());
        properties.put("sslfactory", BoundedTls.class.getName());
        properties.put("options", options(settings));
        return properties;
    }

    static String options(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "="
                        + setting.getValue().replace("\\", "\\\\").replace(" ", "\\ "))
                .collect(Collectors.joining(" "));
    }

    private static Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        // Names mean what PostgreSQL brings along, and a policy that would hide rows is an error.
        settings.put("search_path", "pg_catalog");
        settings.put("row_security", "off");
        settings.put("standard_conforming_strings", "on");
        settings.put("transform_null_equals", "off");
        settings.put("quote_all_identifiers", "off");
        settings.put("check_function_bodies", "on");
        settings.put("client_min_messages", "error");
        // Times come with the connection, or from who asks.
        settings.put("statement_timeout", "0");
        // The server waits for no lock longer than we do: it would go on when nobody hears the answer any more.
        settings.put("lock_timeout", "20s");
        settings.put("idle_in_transaction_session_timeout", "0");
        settings.put("idle_session_timeout", "0");
        settings.put("default_transaction_read_only", "off");
        settings.put("default_transaction_isolation", "read committed");
        settings.put("default_transaction_deferrable", "off");
        settings.put("synchronous_commit", "on");
        settings.put("default_tablespace", "");
        settings.put("temp_tablespaces", "");
        settings.put("default_table_access_method", "heap");
        // The same text for the same value.
        settings.put("bytea_output", "hex");
        settings.put("intervalstyle", "postgres");
        settings.put("extra_float_digits", "1");
        settings.put("xmlbinary", "base64");
        settings.put("xmloption", "content");
        return Map.copyOf(settings);
    }
}
