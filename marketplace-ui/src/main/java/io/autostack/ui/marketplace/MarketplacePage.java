package io.autostack.ui.marketplace;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The catalogue, or what was found in it.
@CheckedTemplate(basePath = "marketplace")
public record MarketplacePage(
        Frame frame,
        Search search,
        List<TemplateCard> templates,
        @Nullable String next) implements TemplateInstance {}
