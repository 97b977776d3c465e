package io.autostack.ui.marketplace;

import io.autostack.ui.parts.FieldError;
import java.util.List;

/// What a template wants to know before it makes a plan. The app's name is the field `name`,
/// parameters are fields `p.NAME`; `errors` are those that belong to no single field.
public record DeployForm(
        String tenantName,
        String slug,
        String templateId,
        String templateName,
        String version,
        List<Field> fields,
        List<String> errors) {

    public List<FieldError> wrong() {
        return fields.stream()
                .filter(field -> field.error() != null)
                .map(field -> new FieldError(field.name(), field.label() + ": " + field.error()))
                .toList();
    }
}
