package io.autostack.browser;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands the one running product, and the one running browser, to whichever story asks; both end with the last story.
public final class WithProduct implements ParameterResolver {

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(WithProduct.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext story) {
        var type = parameter.getParameter().getType();
        return type == Product.class || type == Chromium.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext story) {
        var shared = story.getRoot().getStore(HERE);
        return parameter.getParameter().getType() == Product.class
                ? shared.computeIfAbsent(Product.class, first -> Product.fresh())
                : shared.computeIfAbsent(Chromium.class, first -> Chromium.launch());
    }
}
