package io.autostack.provisioning.cloud;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Something that is really there: it carries a tenant's tag, or the name that something of a tenant would have.
///
/// @param tenant whose tag it carries; empty when it carries none of ours
/// @param properties as far as its kind has them; the names are the constants here, flags say `true` or `false`
public record ObservedResource(Kind kind, String name, Optional<UUID> tenant, Map<String, String> properties) {

    public static final String LOGIN = "login";
    public static final String OWNER = "owner";

    /// Of a database: whether it is the platform's own, as it should be.
    public static final String PLATFORMS = "platforms";

    public static final String OWNER_IN_REACH = "owner in reach";
    public static final String OWNER_CONNECTS = "owner connects";
    public static final String ANYBODY_CONNECTS = "anybody connects";
    public static final String OPEN = "open";
    public static final String CONNECTIONS = "connections";
    /// Of a database: how many connections the tenant's role may have.
    public static final String ROLE_CONNECTIONS = "connections of the role";

    public static final String STATEMENT_TIMEOUT = "statement timeout";

    /// Of a role or database on a dedicated cluster: the name of that cluster. Those on the shared server have
    /// none.
    public static final String SERVER = "server";

    /// Of a container: whether it was made as one is made today, and nobody has connected it elsewhere since.
    public static final String CURRENT = "current";

    /// Of a cluster.
    public static final String ANSWERS = "answers";

    public static final String HAS_DATA = "has data";

    /// Of a cluster: it is stopped, as one is that nobody needs.
    public static final String RESTS = "rests";

    /// Of a cluster that only another replica can look at.
    public static final String ELSEWHERE = "elsewhere";

    /// Of what only the replica with this home can see: the home's id, and the name of its machine.
    public static final String HOME = "home";

    public static final String HOST = "host";

    /// What it is.
    public enum Kind {
        ROLE,
        DATABASE,
        SECRET,
        ROUTE,
        CONTAINER,
        NETWORK,
        CLUSTER,
        DUMP;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public ObservedResource {
        properties = Map.copyOf(properties);
    }

    /// The same, with one property more.
    public ObservedResource with(String property, String value) {
        var more = new HashMap<>(properties);
        more.put(property, value);
        return new ObservedResource(kind, name, tenant, more);
    }

    /// Empty when its kind has no such property.
    public String property(String name) {
        return properties.getOrDefault(name, "");
    }

    public boolean is(String flag) {
        return property(flag).equals("true");
    }
}
