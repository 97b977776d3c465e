package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.TransientException;
import io.autostack.provisioning.cloud.Quota;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.rds.model.AccountQuota;

/// What the account allows of what each tenant needs one of.
@ApplicationScoped
class AwsQuotas {

    /// As `DescribeAccountAttributes` of RDS calls it.
    private static final Map<String, String> TITLES =
            Map.of("DBInstances", "RDS instances", "ManualSnapshots", "RDS snapshots");

    private static final Logger LOG = Logger.getLogger(AwsQuotas.class);

    private final AwsClients clients;

    @Inject
    AwsQuotas(AwsClients clients) {
        this.clients = clients;
    }

    /// Those that are known. Who does not answer keeps nobody from going on: AWS itself refuses what is too much.
    List<Quota> known() {
        try {
            return ask();
        } catch (OutcomeException | TransientException e) {
            LOG.infof("the quotas of the account are not known: %s", e.getMessage());
            return List.of();
        }
    }

    /// One without a number is unknown, never exceeded.
    ///
    /// @throws OutcomeException AWS refuses to say
    List<Quota> ask() {
        return AwsRefusal.call(
                AwsCall.DESCRIBE_ACCOUNT_ATTRIBUTES,
                () -> clients.rds().describeAccountAttributes().accountQuotas().stream()
                        .filter(quota -> TITLES.containsKey(quota.accountQuotaName()))
                        .filter(quota -> quota.max() != null && quota.max() > 0 && quota.used() != null)
                        .map(AwsQuotas::quota)
                        .toList());
    }

    private static Quota quota(AccountQuota found) {
        var title = TITLES.getOrDefault(found.accountQuotaName(), "");
        var isInstances = found.accountQuotaName().equals("DBInstances");
        return new Quota(
                isInstances ? "databases" : "snapshots",
                title,
                isInstances ? "instances" : "snapshots",
                found.used(),
                found.max(),
                isInstances ? 1 : 0,
                isInstances);
    }
}
