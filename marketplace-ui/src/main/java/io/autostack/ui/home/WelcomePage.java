package io.autostack.ui.home;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// For somebody who has not signed in.
@CheckedTemplate(basePath = "home")
public record WelcomePage(Frame frame) implements TemplateInstance {}
