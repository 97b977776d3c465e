package io.autostack.ui.identity;

/// A token in the only moment in which its secret is known.
public record NewToken(String name, String secret) {

    @Override
    public String toString() {
        return "NewToken[" + name + "]";
    }
}
