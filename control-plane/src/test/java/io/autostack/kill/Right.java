package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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

    static Right active(String audited) {
        return new Right("active", audited, parts(1, 1), true, List.of());
    }

    static Right suspended(String audited) {
        return new Right("suspended", audited, parts(1, 1), false, List.of());
    }

    static Right gone(String audited) {
        return new Right("closed", audited, parts(0, 0), false, List.of());
    }

    Right withOneMoreDatabase() {
        return new Right(status, audited, parts(2, 1), signsIn, more);
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
        assertThat(truth.operations(customer, kind.name()))
                .as(where + "operations of this kind")
                .isEqualTo(1);
        assertThat(truth.audited(customer, audited)).as(where + audited).isEqualTo(1);
        if (parts.getOrDefault("database", 0L) > 0)
            assertThat(truth.signsIn(customer))
                    .as(where + "the tenant signs in")
                    .isEqualTo(signsIn);
        for (var check : more) check.accept(truth, customer);
    }

    private static Map<String, Long> parts(long databases, long routes) {
        return Map.of("role", databases, "database", databases, "secret", databases, "route", routes);
    }
}
