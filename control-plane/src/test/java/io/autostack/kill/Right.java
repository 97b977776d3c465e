package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// What there must be for a tenant when its operation has ended, and nothing else.
///
/// @param status the tenant's
/// @param audited what the history says exactly once
/// @param parts how many of each
/// @param signsIn whether the tenant's own credentials open its database
/// @param more what only this kind of operation changes
record Right(
        String status,
        String audited,
        Map<String, Long> parts,
        boolean signsIn,
        List<BiConsumer<Truth, Customer>> more) {

    private static final Map<String, Long> PARTS =
            Map.of("role", 1L, "database", 1L, "secret", 1L, "route", 1L, "snapshot", 0L);

    static Right active(String audited) {
        return new Right("active", audited, PARTS, true, List.of());
    }

    static Right suspended(String audited) {
        return new Right("suspended", audited, PARTS, false, List.of());
    }

    static Right gone(String audited) {
        return new Right("closed", audited, Map.of(), false, List.of())
                .with("role", 0)
                .with("database", 0)
                .with("secret", 0)
                .with("route", 0)
                .with("snapshot", 0);
    }

    /// The sealed credentials wait with the final snapshot.
    static Right closed(String audited) {
        return gone(audited).with("secret", 1).with("snapshot", 1);
    }

    Right withOneMoreDatabase() {
        return with("role", 2).with("database", 2).with("secret", 2);
    }

    Right with(String part, long many) {
        var now = new HashMap<>(parts);
        now.put(part, many);
        return new Right(status, audited, Map.copyOf(now), signsIn, more);
    }

    Right and(BiConsumer<Truth, Customer> check) {
        var all = new ArrayList<>(more);
        all.add(check);
        return new Right(status, audited, parts, signsIn, all);
    }

    void check(Truth truth, Kind kind, Customer customer, int stop, String operation) {
        var where = "%s, %s, killed before write %d: ".formatted(kind, customer.slug(), stop);
        assertThat(truth.steps(operation)).as(where + "steps").allMatch(step -> step.endsWith(": done"));
        assertThat(truth.tell("select state from provisioning.operation where id = ?::uuid", operation))
                .as(where + "operation")
                .isEqualTo("done");
        assertThat(truth.tell("select status from tenancy.tenant where slug = ?", customer.slug()))
                .as(where + "tenant")
                .isEqualTo(status);
        assertThat(truth.parts(customer)).as(where + "what there is of each").isEqualTo(parts);
        assertThat(kind.names())
                .as(where + "operations of each kind, all done")
                .allMatch(name -> truth.operations(customer, name).equals("1, done"));
        assertThat(truth.audited(customer, audited)).as(where + audited).isEqualTo(1);
        if (parts.getOrDefault("database", 0L) > 0)
            assertThat(truth.signsIn(customer))
                    .as(where + "the tenant signs in")
                    .isEqualTo(signsIn);
        for (var check : more) check.accept(truth, customer);
    }
}
