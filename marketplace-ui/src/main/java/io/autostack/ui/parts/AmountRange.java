package io.autostack.ui.parts;

/// From a low to a high amount; both ends are the same when the price is known exactly.
public record AmountRange(Amount low, Amount high) {

    public String text() {
        return low.value().compareTo(high.value()) == 0 ? low.text() : low.text() + " – " + high.text();
    }
}
