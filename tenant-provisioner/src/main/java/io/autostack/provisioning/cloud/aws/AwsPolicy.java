package io.autostack.provisioning.cloud.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The IAM policy of the control plane's role, written from the calls that the driver makes. What it makes carries this
/// environment's tag, and what it changes or removes has to carry it already.
final class AwsPolicy {

    private static final Set<AwsCall> MAKING =
            EnumSet.of(AwsCall.CREATE_DB_INSTANCE, AwsCall.CREATE_DB_SNAPSHOT, AwsCall.RESTORE_DB_INSTANCE);

    private static final Set<AwsCall> CHANGING = EnumSet.of(
            AwsCall.MODIFY_DB_INSTANCE,
            AwsCall.START_DB_INSTANCE,
            AwsCall.STOP_DB_INSTANCE,
            AwsCall.DELETE_DB_INSTANCE,
            AwsCall.DELETE_DB_SNAPSHOT);

    private static final Set<AwsCall> SECRETS = EnumSet.of(
            AwsCall.CREATE_SECRET,
            AwsCall.DESCRIBE_SECRET,
            AwsCall.GET_SECRET_VALUE,
            AwsCall.PUT_SECRET_VALUE,
            AwsCall.UPDATE_SECRET_VERSION_STAGE,
            AwsCall.RESTORE_SECRET,
            AwsCall.DELETE_SECRET);

    private static final Set<AwsCall> ZONE =
            EnumSet.of(AwsCall.CHANGE_RECORDS, AwsCall.LIST_RECORDS, AwsCall.GET_HOSTED_ZONE);

    private static final Set<AwsCall> MAKING_SERVICES = EnumSet.of(
            AwsCall.REGISTER_TASK_DEFINITION,
            AwsCall.CREATE_SERVICE,
            AwsCall.CREATE_TARGET_GROUP,
            AwsCall.CREATE_RULE,
            AwsCall.CREATE_LOG_GROUP);

    private static final Set<AwsCall> ON_SERVICES = EnumSet.of(
            AwsCall.UPDATE_SERVICE,
            AwsCall.DELETE_SERVICE,
            AwsCall.MODIFY_TARGET_GROUP,
            AwsCall.DELETE_TARGET_GROUP,
            AwsCall.MODIFY_RULE,
            AwsCall.DELETE_RULE,
            AwsCall.PUT_RETENTION_POLICY,
            AwsCall.DELETE_LOG_GROUP,
            AwsCall.DESCRIBE_LOG_STREAMS,
            AwsCall.GET_LOG_EVENTS);

    private static final Set<AwsCall> SCALING = EnumSet.of(
            AwsCall.REGISTER_SCALABLE_TARGET, AwsCall.PUT_SCALING_POLICY, AwsCall.DEREGISTER_SCALABLE_TARGET);

    /// AWS narrows this one by nothing.
    private static final Set<AwsCall> ENDING = EnumSet.of(AwsCall.DEREGISTER_TASK_DEFINITION);

    /// Who makes a service hands its tasks their roles.
    private static final String PASS_ROLE = "iam:PassRole";

    private static final Set<String> TAG_SERVICES =
            Set.of("ecs:TagResource", "elasticloadbalancing:AddTags", "logs:TagResource");

    /// Asked for by AWS beside the call that carries tags ("Actions, resources, and condition keys" of RDS and Secrets
    /// Manager).
    private static final String TAG_DATABASES = "rds:AddTagsToResource";

    private static final String TAG_SECRETS = "secretsmanager:TagResource";

    private AwsPolicy() {}

    /// @param environment its name, as tags and names of secrets have it
    /// @param zone id of the hosted zone
    /// @param roles ARNs of the roles that tasks get
    static String of(String environment, String zone, List<String> roles) {
        var policy = new LinkedHashMap<String, Object>();
        policy.put("Version", "2012-10-17");
        policy.put(
                "Statement",
                List.of(
                        statement(
                                "MakeTenantsDatabases",
                                Stream.concat(permissions(MAKING), Stream.of(TAG_DATABASES)),
                                "*",
                                Map.of("StringEquals", Map.of("aws:RequestTag/Environment", environment))),
                        // A snapshot is made of an instance, and an instance of a snapshot, that exist.
                        statement(
                                "OutOfTenantsDatabases",
                                permissions(MAKING),
                                "*",
                                Map.of("StringEquals", Map.of("aws:ResourceTag/Environment", environment))),
                        statement(
                                "ChangeTenantsDatabases",
                                permissions(CHANGING),
                                "*",
                                Map.of("StringEquals", Map.of("aws:ResourceTag/Environment", environment))),
                        statement(
                                "TenantsSecrets",
                                Stream.concat(permissions(SECRETS), Stream.of(TAG_SECRETS)),
                                "arn:aws:secretsmanager:*:*:secret:" + environment + "/*",
                                Map.of()),
                        statement("TenantsNames", permissions(ZONE), "arn:aws:route53:::hostedzone/" + zone, Map.of()),
                        statement(
                                "MakeServices",
                                Stream.concat(permissions(MAKING_SERVICES), TAG_SERVICES.stream()),
                                "*",
                                Map.of("StringEquals", Map.of("aws:RequestTag/Environment", environment))),
                        statement(
                                "OnServices",
                                permissions(ON_SERVICES),
                                "*",
                                Map.of("StringEquals", Map.of("aws:ResourceTag/Environment", environment))),
                        statement(
                                "ScaleServices",
                                permissions(SCALING),
                                "*",
                                Map.of("StringEquals", Map.of("application-autoscaling:service-namespace", "ecs"))),
                        statement(
                                "RolesOfTasks",
                                Stream.of(PASS_ROLE),
                                roles,
                                Map.of("StringEquals", Map.of("iam:PassedToService", "ecs-tasks.amazonaws.com"))),
                        statement("EndTaskDefinitions", permissions(ENDING), "*", Map.of()),
                        statement("Look", permissions(looking()), "*", Map.of())));
        try {
            return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    /// What neither makes nor changes anything, and cannot be narrowed.
    static Set<AwsCall> looking() {
        var looking = EnumSet.allOf(AwsCall.class);
        for (var others : List.of(MAKING, CHANGING, SECRETS, ZONE, MAKING_SERVICES, ON_SERVICES, SCALING, ENDING))
            looking.removeAll(others);
        return looking;
    }

    private static Stream<String> permissions(Set<AwsCall> calls) {
        return Arrays.stream(AwsCall.values()).filter(calls::contains).map(AwsCall::permission);
    }

    private static Map<String, Object> statement(
            String name, Stream<String> actions, Object resource, Map<String, ?> condition) {
        var statement = new LinkedHashMap<String, Object>();
        statement.put("Sid", name);
        statement.put("Effect", "Allow");
        statement.put("Action", actions.sorted().toList());
        statement.put("Resource", resource);
        if (!condition.isEmpty()) statement.put("Condition", condition);
        return statement;
    }
}
