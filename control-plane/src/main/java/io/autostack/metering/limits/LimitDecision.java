package io.autostack.metering.limits;

import io.autostack.metering.Meter;
import io.autostack.metering.Quantity;
import io.autostack.plans.PlanLimit;
import io.autostack.plans.PlanVersion;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a plan allows a tenant that much more of something.
public sealed interface LimitDecision {

    Meter meter();

    /// What is used already, without the quantity that was asked for.
    BigDecimal used();

    /// It fits.
    ///
    /// @param limit null when the plan sets none
    record Allowed(Meter meter, BigDecimal used, @Nullable BigDecimal limit) implements LimitDecision {

        /// What is left now, before the quantity that was asked for; null when the plan sets no limit.
        public @Nullable BigDecimal remaining() {
            return limit == null ? null : left(limit, used);
        }
    }

    /// It does not fit.
    ///
    /// @param reason the limit, the use and the way out, in a sentence for the user
    /// @param wayOut the smallest plan on offer that would allow it
    record Refused(Meter meter, BigDecimal used, BigDecimal limit, String reason, Optional<PlanVersion> wayOut)
            implements LimitDecision {

        public BigDecimal remaining() {
            return left(limit, used);
        }

        public Problem problem() {
            var problem = Problem.of(ProblemType.LIMIT_REACHED, reason)
                    .with("meter", meter.name())
                    .with("limit", limit)
                    .with("used", used)
                    .with("remaining", remaining());
            return wayOut.map(plan -> problem.with("plan", plan.plan())).orElse(problem);
        }
    }

    /// @param offered the plans that can be had, one of which may be the way out
    static LimitDecision decide(
            Meter meter, PlanVersion plan, BigDecimal used, BigDecimal quantity, List<PlanVersion> offered) {
        if (!(plan.limit(meter.name()) instanceof PlanLimit.Hard(var hard))) return new Allowed(meter, used, null);
        var max = Quantity.stripped(hard);
        if (used.add(quantity).compareTo(max) <= 0) return new Allowed(meter, used, max);
        var wayOut = offered.stream()
                .filter(other -> other.rank() > plan.rank())
                .filter(other -> allows(other.limit(meter.name()), used.add(quantity)))
                .min(Comparator.comparingInt(PlanVersion::rank));
        return new Refused(meter, used, max, reason(meter, plan, max, used, quantity, wayOut), wayOut);
    }

    /// Whether what is used fits a plan that the tenant is not on yet.
    ///
    /// @return empty when it fits
    static Optional<Refused> fit(Meter meter, PlanVersion target, BigDecimal used) {
        if (!(target.limit(meter.name()) instanceof PlanLimit.Hard(var hard)) || used.compareTo(hard) <= 0)
            return Optional.empty();
        var max = Quantity.stripped(hard);
        var reason = target.name() + " allows " + meter.counted(max) + "; " + plain(used) + " in use. Reduce by "
                + meter.counted(used.subtract(max)) + " first.";
        return Optional.of(new Refused(meter, used, max, reason, Optional.empty()));
    }

    /// What counts for a tenant that is on its way to the plan of this decision: the tighter of both.
    ///
    /// @param present the decision of the plan that it is still on
    default LimitDecision onTheWayTo(PlanVersion plan, LimitDecision present) {
        return switch (this) {
            case Refused refused ->
                new Refused(
                        meter(),
                        used(),
                        refused.limit(),
                        "A change to " + plan.name() + " is under way. " + refused.reason(),
                        refused.wayOut());
            case Allowed there ->
                present instanceof Allowed here && isTighter(there.limit(), here.limit()) ? there : present;
        };
    }

    private static boolean isTighter(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one != null && (other == null || one.compareTo(other) < 0);
    }

    private static boolean allows(PlanLimit limit, BigDecimal wanted) {
        return !(limit instanceof PlanLimit.Hard(var max)) || wanted.compareTo(max) <= 0;
    }

    private static String reason(
            Meter meter,
            PlanVersion plan,
            BigDecimal max,
            BigDecimal used,
            BigDecimal quantity,
            Optional<PlanVersion> wayOut) {
        return plan.name() + " allows " + meter.counted(max) + "; " + plain(used) + " in use, "
                + plain(quantity) + " more asked for. "
                + wayOut.map(other -> offer(meter, other)).orElse("No plan on offer allows more.");
    }

    private static String plain(BigDecimal quantity) {
        return Quantity.stripped(quantity).toPlainString();
    }

    private static String offer(Meter meter, PlanVersion plan) {
        return switch (plan.limit(meter.name())) {
            case PlanLimit.Hard(var max) -> plan.name() + " allows " + meter.counted(max) + ".";
            case PlanLimit.Unlimited() -> plan.name() + " does not limit " + meter.plural() + ".";
            case PlanLimit.Custom() -> plan.name() + " has as many " + meter.plural() + " as are agreed.";
        };
    }

    private static BigDecimal left(BigDecimal limit, BigDecimal used) {
        return limit.subtract(used).max(BigDecimal.ZERO);
    }
}
