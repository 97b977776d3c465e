package io.autostack.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.costs.BundledPriceBook;
import io.autostack.provisioning.Billable;
import io.autostack.provisioning.cloud.OnboardingPlan;
import io.autostack.provisioning.cloud.OnboardingPlan.Part;
import io.autostack.provisioning.cloud.ServerSpec;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class OnboardingCostTest {

    private static Part part(String name, boolean shared, Billable billable) {
        return new Part("RDS", name, "details", shared, Optional.ofNullable(billable));
    }

    private static String printed(OnboardingPlan plan) {
        var out = new ByteArrayOutputStream();
        OnboardingCost.print(plan, BundledPriceBook.read(), new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    /// 46.72 for the instance in two zones, 20 GB at 0.23, a secret at 0.40.
    @Test
    void what_a_tenant_costs_is_added_up_apart_from_what_all_share() {
        var text = printed(new OnboardingPlan(
                List.of(
                        part("instance", false, new Billable.DatabaseServer(ServerSpec.PRODUCTION)),
                        part("secret", false, new Billable.SecretEntry()),
                        new Part("Route 53", "acme.example.com", "alias", false, Optional.empty()),
                        part("application", true, new Billable.RunningContainers(2, new BigDecimal("0.5"), 1024))),
                List.of(),
                List.of("DB instances: 4 of 40 used afterwards.")));

        assertThat(text)
                .contains("Each tenant: 51.72 USD a month", "For all tenants: 36.04 USD a month")
                .contains("DB instances: 4 of 40", "Not a bill", "Nothing was made.");
    }

    @Test
    void what_is_in_the_way_is_said_even_if_nothing_can_be_planned() {
        assertThat(printed(new OnboardingPlan(List.of(), List.of("No region of AWS is set."), List.of())))
                .isEqualTo("NO  No region of AWS is set.\nNothing was made.\n");
    }

    @Test
    void somebody_plans() {
        assertThat(ServiceLoader.load(OnboardingPlan.Planner.class).findFirst()).isPresent();
    }
}
