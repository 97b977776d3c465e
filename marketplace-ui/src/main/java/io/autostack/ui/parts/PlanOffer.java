package io.autostack.ui.parts;

import java.util.List;

/// A plan as it is offered; limits are written out, as in “5 apps” or “Unlimited apps”.
public record PlanOffer(String id, String name, Amount monthly, String apps, String users, List<String> more) {

    public PlanOffer {
        more = List.copyOf(more);
    }
}
