package io.autostack.provisioning.cloud.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.provisioning.Billable;
import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.TransientException;
import io.autostack.provisioning.cloud.OnboardingPlan;
import io.autostack.provisioning.cloud.OnboardingPlan.Part;
import io.autostack.provisioning.cloud.ServerSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What bringing a tenant in would make at AWS, for the launcher's command.
public final class AwsOnboardingPlanner implements OnboardingPlan.Planner {

    /// As the sign-up takes them.
    private static final Pattern SLUG = Pattern.compile("[a-z](?:-?[a-z0-9]){0,39}");

    @Override
    public OnboardingPlan plan(String slug, ServerSpec server) throws Exception {
        try (var environment = AwsEnvironment.open()) {
            return plan(environment.settings(), environment.clients(), slug, server);
        }
    }

    static OnboardingPlan plan(AwsSettings settings, AwsClients clients, String slug, ServerSpec server) {
        if (!SLUG.matcher(slug).matches())
            throw new IllegalArgumentException(
                    slug
                            + " is not a short name: lower-case letters, digits and single hyphens, a letter first, 40 at most.");
        var problems = settings.problems();
        if (!problems.isEmpty()) return new OnboardingPlan(List.of(), problems, List.of());
        return new OnboardingPlan(
                parts(settings, slug, server), new Looks(settings, clients).obstacles(slug), quotas(clients));
    }

    private static List<Part> parts(AwsSettings settings, String slug, ServerSpec server) {
        var environment = settings.environment();
        var parts = new ArrayList<Part>();
        parts.add(tenants(
                "Secrets Manager",
                environment + "/tenants/" + slug + "/database",
                "name and password of the database's owner",
                new Billable.SecretEntry()));
        parts.add(tenants(
                "Secrets Manager",
                environment + "/servers/tenant-…",
                "name and password of the instance's administrator",
                new Billable.SecretEntry()));
        parts.add(tenants(
                "RDS",
                "tenant-… (called after the tenant's id)",
                "PostgreSQL " + server.engineVersion() + ", " + server.instanceClass() + ", "
                        + (server.multiAz() ? "two zones" : "one zone") + ", " + server.storageGb()
                        + " GiB gp3, encrypted, backups of " + days(server.backupRetentionDays())
                        + (server.deletionProtected() ? ", locked against deletion" : ""),
                new Billable.DatabaseServer(server)));
        parts.add(new Part(
                "Route 53",
                slug + "." + settings.domain(),
                "alias of " + settings.loadBalancer(),
                false,
                Optional.empty()));
        settings.applicationImage().ifPresent(image -> {
            var copies = SharedApplication.copies(1);
            parts.add(new Part(
                    "ECS",
                    SharedApplication.NAME,
                    copies.min() + " to " + copies.max() + " tasks of " + image + " behind *." + settings.domain(),
                    true,
                    Optional.of(new Billable.RunningContainers(copies.min(), new BigDecimal("0.5"), 1024))));
        });
        return parts;
    }

    private static String days(int number) {
        return number == 1 ? "a day" : number + " days";
    }

    private static Part tenants(String service, String name, String details, Billable billable) {
        return new Part(service, name, details, false, Optional.of(billable));
    }

    private static List<String> quotas(AwsClients clients) {
        try {
            var known = new AwsQuotas(clients).ask();
            return known.isEmpty()
                    ? List.of("Quotas are unknown. AWS refuses what is too much, and the step says so.")
                    : known.stream()
                            .map(quota -> quota.title() + ": " + (quota.used() + quota.perTenant()) + " of "
                                    + quota.limit() + " used afterwards"
                                    + (quota.hard() && quota.free() < quota.perTenant() ? ", which is too many." : "."))
                            .toList();
        } catch (OutcomeException | TransientException e) {
            return List.of("Quotas are unknown: " + e.getMessage());
        }
    }

    /// What has a name already that the tenant needs.
    private record Looks(AwsSettings settings, AwsClients clients) {

        List<String> obstacles(String slug) {
            var found = new ArrayList<String>();
            look(found, () -> record(slug + "." + settings.domain()));
            look(found, () -> secret("tenants/" + slug + "/database"));
            return found;
        }

        private interface Look {
            Optional<String> obstacle();
        }

        private static void look(List<String> found, Look look) {
            try {
                look.obstacle().ifPresent(found::add);
            } catch (OutcomeException | TransientException e) {
                found.add(String.valueOf(e.getMessage()));
            }
        }

        private Optional<String> record(String host) {
            return new HostedZone(clients, settings)
                    .find(host)
                    .map(there -> "The zone has a record of type " + there.typeAsString() + " for " + host
                            + " already. A tenant has this short name, or a stranger's record is in the way.");
        }

        private Optional<String> secret(String name) {
            return new SecretsManagerCalls(clients, settings, new ResourceTags(settings), new ObjectMapper())
                    .describe(name)
                    .map(there -> "A secret called " + settings.environment() + "/" + name + " exists already"
                            + (there.deleted() ? " and is scheduled for deletion." : "."));
        }
    }
}
