package io.autostack.local;

import io.autostack.local.keycloak.KeycloakServer;
import io.autostack.local.process.Running;
import io.autostack.local.secrets.Secrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The table of people one can try the product as.
final class SignIns {

    private static final String ROW = "  %-12s %-34s %s";

    private SignIns() {}

    /// The sign-ins of what runs in `home`.
    static List<String> of(Path home) {
        return lines(
                Running.find(home, "identity").isPresent() ? KeycloakServer.passwords(Secrets.in(home)) : Map.of());
    }

    static List<String> lines(Map<String, String> passwords) {
        if (passwords.isEmpty()) return List.of("Sign in with an account of your own identity provider.");
        var lines = new ArrayList<String>();
        lines.add(ROW.formatted("sign in as", "to", "password"));
        passwords.forEach((person, password) -> lines.add(ROW.formatted(person, purpose(person), password)));
        return lines;
    }

    private static String purpose(String person) {
        return switch (person) {
            case "operator" -> "onboard tenants, run the platform";
            case "finance" -> "see each month's sum, export it";
            case "author" -> "see which plugins are on offer";
            case "sales" -> "what everybody may who signs in";
            default -> "administer a tenant";
        };
    }
}
