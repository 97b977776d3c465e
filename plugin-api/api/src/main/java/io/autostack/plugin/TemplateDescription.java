package io.autostack.plugin;

import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the marketplace shows of a template, and what it asks a user for. Its version is the jar's `Plugin-
/// Version`.
///
/// @param id the jar's `Plugin-Id`
/// @param summary one sentence for a card
/// @param description several sentences in plain text, for the template's own page
/// @param gitRepository where the source is, over https; empty when it is not public
/// @param licence an SPDX expression
/// @param permissions everything that a plan of this template may need
public record TemplateDescription(
        String id,
        String name,
        String summary,
        String description,
        String category,
        List<Parameter> parameters,
        String gitRepository,
        String licence,
        Set<Permission> permissions) {

    public TemplateDescription {
        Require.name("a template's id", id);
        Require.text("a template's name", name, 255);
        Require.text("a template's summary", summary, 300);
        Require.lines("a template's description", description, 10_000);
        Require.text("a template's category", category, 100);
        Require.text("a template's licence", licence, 100);
        checkRepository(gitRepository);
        parameters = List.copyOf(parameters);
        Require.between("the number of parameters", parameters.size(), 0, 50);
        var names = new HashSet<String>();
        for (var parameter : parameters)
            if (!names.add(parameter.name()))
                throw new IllegalArgumentException("two parameters are named \"" + parameter.name() + "\"");
        // In the order of the enum, so that the same description always reads the same.
        permissions = permissions.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(permissions));
    }

    private static void checkRepository(String gitRepository) {
        Require.line("a template's git repository", gitRepository, 500);
        if (gitRepository.isEmpty()) return;
        var uri = URI.create(gitRepository);
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() != null)
            throw new IllegalArgumentException(
                    "a template's git repository must be an https address: " + gitRepository);
    }
}
