package io.autostack.ui.tenancy;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;

/// The certificate of a tenant's deletion, to be printed and checked.
///
/// @param text what the SHA-256 is of
/// @param address where programs find the same
@CheckedTemplate(basePath = "tenancy")
public record CertificatePage(
        Frame frame, String tenantName, String id, Instant issuedAt, String text, String sha256, String address)
        implements TemplateInstance {}
