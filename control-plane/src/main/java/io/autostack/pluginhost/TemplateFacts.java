package io.autostack.pluginhost;

import io.autostack.plugin.TemplateDescription;
import io.autostack.plugin.jar.JarFacts;

/// What is known about a template: what its jar is, as read by us, and what it says of itself.
public record TemplateFacts(JarFacts jar, TemplateDescription description) {}
