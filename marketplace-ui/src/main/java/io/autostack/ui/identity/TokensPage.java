package io.autostack.ui.identity;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The API tokens of the viewer; `fresh` is the one that was made a moment ago.
@CheckedTemplate(basePath = "identity")
public record TokensPage(
        Frame frame,
        List<TokenRow> tokens,
        TokenForm form,
        @Nullable NewToken fresh) implements TemplateInstance {}
