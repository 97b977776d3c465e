package io.autostack.moves;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.costs.BundledPriceBook;
import io.autostack.shared.Money;
import org.junit.jupiter.api.Test;

/// What the profiles `poc-1` and `prod-1` come to, recomputed from the book's prices (profiles.csv, column
/// recomputed_cost).
class MoveCostTest {

    @Test
    void a_move_leads_from_the_cost_of_the_one_profile_to_that_of_the_other() {
        var cost = MoveCost.at(BundledPriceBook.read());

        assertThat(cost.before()).isEqualTo(Money.usd("55.52"));
        assertThat(cost.after()).isEqualTo(Money.usd("122.51"));
        assertThat(cost.more()).isEqualTo(Money.usd("66.99"));
        assertThat(cost.priceBook()).isEqualTo(1);
    }
}
