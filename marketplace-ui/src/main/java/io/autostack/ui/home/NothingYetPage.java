package io.autostack.ui.home;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// For somebody who has signed in and may not see anything so far.
@CheckedTemplate(basePath = "home")
public record NothingYetPage(Frame frame) implements TemplateInstance {}
