package io.autostack.operations;

import io.autostack.costs.BundledPriceBook;
import io.autostack.costs.PriceBook;
import io.autostack.provisioning.cloud.OnboardingPlan;
import io.autostack.provisioning.cloud.ServerSpec;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/// What bringing a tenant in would make and cost, for the launcher's command: asked without a control plane.
public final class OnboardingCost {

    private static final int IN_THE_WAY = 3;
    private static final int WRONG_USE = 2;
    private static final String PRODUCTION = "production";

    private OnboardingCost() {}

    /// @param words the tenant's short name, and `poc` or `production`
    public static void main(String[] words) throws Exception {
        var server = ServerSpec.of(words.length > 1 && words[1].equals(PRODUCTION));
        OnboardingPlan plan;
        try {
            plan = ServiceLoader.load(OnboardingPlan.Planner.class)
                    .findFirst()
                    .orElseThrow()
                    .plan(words[0], server);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USE);
            return;
        }
        print(plan, BundledPriceBook.read(), System.out);
        if (!plan.obstacles().isEmpty()) System.exit(IN_THE_WAY);
    }

    static void print(OnboardingPlan plan, PriceBook book, PrintStream out) {
        if (!plan.parts().isEmpty()) {
            out.println("It would make:");
            for (var part : plan.parts())
                out.printf(
                        "  %-15s  %-50s  %10s  %s%s%n",
                        part.service(),
                        part.name(),
                        price(part, book),
                        part.details(),
                        part.shared() ? " (with the first tenant, for all)" : "");
            out.println();
            out.printf("Each tenant: %s %s a month%n", sum(plan, book, part -> !part.shared()), book.currency());
            var shared = sum(plan, book, OnboardingPlan.Part::shared);
            if (shared.signum() > 0) out.printf("For all tenants: %s %s a month%n", shared, book.currency());
            out.printf(
                    "At the list prices of %s in %s (price book %d). Not a bill: traffic, requests, backups and logs"
                            + " come on top.%n",
                    book.asOf(), book.region(), book.version());
            out.println();
        }
        plan.quotas().forEach(out::println);
        plan.obstacles().forEach(obstacle -> out.println("NO  " + obstacle));
        out.println("Nothing was made.");
    }

    private static String price(OnboardingPlan.Part part, PriceBook book) {
        return part.billable().isPresent() ? monthly(part, book).toPlainString() : "–";
    }

    private static BigDecimal sum(OnboardingPlan plan, PriceBook book, Predicate<OnboardingPlan.Part> which) {
        return plan.parts().stream()
                .filter(which)
                .map(part -> monthly(part, book))
                .reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
    }

    private static BigDecimal monthly(OnboardingPlan.Part part, PriceBook book) {
        return part.billable()
                .map(billable -> ListPrice.monthly(List.of(ListPrice.part(part.name(), billable)), book))
                .orElse(BigDecimal.ZERO);
    }
}
