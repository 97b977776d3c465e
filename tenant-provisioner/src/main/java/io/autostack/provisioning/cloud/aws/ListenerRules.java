package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.OutcomeException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;

/// Rules of the shared listener: one host name each, far below the five values that a rule may have. One with a star in
/// it stands behind all others.
@ApplicationScoped
class ListenerRules {

    private static final String HOST = "host-header";

    private final AwsClients clients;
    private final AwsSettings settings;
    private final ResourceTags tags;
    private final TargetGroups groups;
    private final RulePriorities priorities;

    @Inject
    ListenerRules(
            AwsClients clients,
            AwsSettings settings,
            ResourceTags tags,
            TargetGroups groups,
            RulePriorities priorities) {
        this.clients = clients;
        this.settings = settings;
        this.tags = tags;
        this.groups = groups;
        this.priorities = priorities;
    }

    /// Requests for the host lead to the target group.
    void ensure(ServiceSpec spec, String host, String targetGroup) {
        var rules = all();
        var ours = find(spec.tenant(), host, rules);
        if (ours.isPresent()) {
            priorities.has(
                    settings.listener(), host, Integer.parseInt(ours.get().priority()));
            if (!leadsTo(ours.get(), targetGroup))
                AwsRefusal.call(
                        AwsCall.MODIFY_RULE,
                        () -> clients.balancers()
                                .modifyRule(request ->
                                        request.ruleArn(ours.get().ruleArn()).actions(to(targetGroup))));
            return;
        }
        var taken = rules.stream()
                .filter(rule -> hosts(rule).anyMatch(host::equalsIgnoreCase))
                .findFirst();
        if (taken.isPresent())
            throw new OutcomeException(new Outcome.Failed("A rule of the load balancer for " + host
                    + " exists already and does not carry our tags (priority "
                    + taken.get().priority() + "). Remove it, then retry."));
        create(spec, host, targetGroup);
    }

    private void create(ServiceSpec spec, String host, String targetGroup) {
        var priority = priorities
                .take(settings.listener(), host, host.startsWith("*"))
                .orElseThrow(() -> new OutcomeException(new Outcome.Failed(
                        "All priorities of the load balancer's listener are taken. Remove rules that are not needed,"
                                + " then retry.")));
        AwsRefusal.call(AwsCall.CREATE_RULE, () -> {
            try {
                return clients.balancers()
                        .createRule(request -> request.listenerArn(settings.listener())
                                .priority(priority)
                                .conditions(RuleCondition.builder()
                                        .field(HOST)
                                        .hostHeaderConfig(condition -> condition.values(host))
                                        .build())
                                .actions(to(targetGroup))
                                .tags(TargetGroups.tags(spec.tags())));
            } catch (PriorityInUseException _) {
                // Somebody else's, or ours if an answer was lost: the next look says which.
                priorities.strangers(settings.listener(), host, numbers());
                throw new OutcomeException(
                        new Outcome.NotYet("another priority for the rule of " + host, Duration.ofSeconds(1)));
            }
        });
    }

    private List<Integer> numbers() {
        return all().stream()
                .map(Rule::priority)
                .filter(priority -> priority.matches("[0-9]+"))
                .map(Integer::valueOf)
                .filter(priority -> priority <= RulePriorities.LAST)
                .toList();
    }

    private List<Rule> all() {
        return AwsRefusal.call(
                AwsCall.DESCRIBE_RULES,
                () ->
                        clients
                                .balancers()
                                .describeRulesPaginator(request -> request.listenerArn(settings.listener()))
                                .stream()
                                .flatMap(page -> page.rules().stream())
                                .toList());
    }

    private Optional<Rule> find(Optional<UUID> tenant, String host, List<Rule> rules) {
        return rules.stream()
                .filter(rule -> hosts(rule).anyMatch(host::equalsIgnoreCase))
                .filter(rule -> tags.areOf(tenant, groups.tagsOf(rule.ruleArn())))
                .findFirst();
    }

    private static Stream<String> hosts(Rule rule) {
        return rule.conditions().stream()
                .filter(condition -> HOST.equals(condition.field()))
                .flatMap(condition -> condition.hostHeaderConfig() == null
                        ? condition.values().stream()
                        : condition.hostHeaderConfig().values().stream());
    }

    private static boolean leadsTo(Rule rule, String targetGroup) {
        return rule.actions().stream().anyMatch(action -> targetGroup.equals(action.targetGroupArn()));
    }

    private static Action to(String targetGroup) {
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .targetGroupArn(targetGroup)
                .build();
    }

    void remove(Optional<UUID> tenant, String host) {
        find(tenant, host, all())
                .ifPresent(rule -> AwsRefusal.call(AwsCall.DELETE_RULE, () -> {
                    try {
                        clients.balancers().deleteRule(request -> request.ruleArn(rule.ruleArn()));
                    } catch (RuleNotFoundException _) {
                        return false;
                    }
                    return true;
                }));
        priorities.release(settings.listener(), host);
    }
}
