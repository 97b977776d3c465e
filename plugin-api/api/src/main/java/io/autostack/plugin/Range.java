package io.autostack.plugin;

import java.math.BigDecimal;

/// A quantity that is assumed rather than known: what a quiet month and a busy month use.
public record Range(BigDecimal low, BigDecimal high) {

    public Range {
        Require.between("low", low, BigDecimal.ZERO, Require.MAX_QUANTITY);
        Require.between("high", high, low, Require.MAX_QUANTITY);
    }

    public static Range of(String low, String high) {
        return new Range(new BigDecimal(low), new BigDecimal(high));
    }
}
