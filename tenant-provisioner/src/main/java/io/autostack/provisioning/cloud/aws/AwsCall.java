package io.autostack.provisioning.cloud.aws;

/// Every call that the driver makes. What is not here is neither made nor allowed: the policy of the control plane's
/// role is written from this list.
enum AwsCall {
    CREATE_DB_INSTANCE("RDS", "rds", "CreateDBInstance"),
    DESCRIBE_DB_INSTANCES("RDS", "rds", "DescribeDBInstances"),
    MODIFY_DB_INSTANCE("RDS", "rds", "ModifyDBInstance"),
    START_DB_INSTANCE("RDS", "rds", "StartDBInstance"),
    STOP_DB_INSTANCE("RDS", "rds", "StopDBInstance"),
    DELETE_DB_INSTANCE("RDS", "rds", "DeleteDBInstance"),
    DESCRIBE_ACCOUNT_ATTRIBUTES("RDS", "rds", "DescribeAccountAttributes"),
    CREATE_DB_SNAPSHOT("RDS", "rds", "CreateDBSnapshot"),
    DESCRIBE_DB_SNAPSHOTS("RDS", "rds", "DescribeDBSnapshots"),
    DELETE_DB_SNAPSHOT("RDS", "rds", "DeleteDBSnapshot"),
    RESTORE_DB_INSTANCE("RDS", "rds", "RestoreDBInstanceFromDBSnapshot"),
    CREATE_SECRET("Secrets Manager", "secretsmanager", "CreateSecret"),
    DESCRIBE_SECRET("Secrets Manager", "secretsmanager", "DescribeSecret"),
    GET_SECRET_VALUE("Secrets Manager", "secretsmanager", "GetSecretValue"),
    PUT_SECRET_VALUE("Secrets Manager", "secretsmanager", "PutSecretValue"),
    UPDATE_SECRET_VERSION_STAGE("Secrets Manager", "secretsmanager", "UpdateSecretVersionStage"),
    RESTORE_SECRET("Secrets Manager", "secretsmanager", "RestoreSecret"),
    DELETE_SECRET("Secrets Manager", "secretsmanager", "DeleteSecret"),
    LIST_SECRETS("Secrets Manager", "secretsmanager", "ListSecrets"),
    CHANGE_RECORDS("Route 53", "route53", "ChangeResourceRecordSets"),
    LIST_RECORDS("Route 53", "route53", "ListResourceRecordSets"),
    GET_CHANGE("Route 53", "route53", "GetChange"),
    DESCRIBE_LOAD_BALANCERS("Elastic Load Balancing", "elasticloadbalancing", "DescribeLoadBalancers"),
    REGISTER_TASK_DEFINITION("ECS", "ecs", "RegisterTaskDefinition"),
    DESCRIBE_TASK_DEFINITION("ECS", "ecs", "DescribeTaskDefinition"),
    LIST_TASK_DEFINITIONS("ECS", "ecs", "ListTaskDefinitions"),
    DEREGISTER_TASK_DEFINITION("ECS", "ecs", "DeregisterTaskDefinition"),
    CREATE_SERVICE("ECS", "ecs", "CreateService"),
    UPDATE_SERVICE("ECS", "ecs", "UpdateService"),
    DELETE_SERVICE("ECS", "ecs", "DeleteService"),
    DESCRIBE_SERVICES("ECS", "ecs", "DescribeServices"),
    LIST_SERVICES("ECS", "ecs", "ListServices"),
    LIST_TASKS("ECS", "ecs", "ListTasks"),
    DESCRIBE_TASKS("ECS", "ecs", "DescribeTasks"),
    CREATE_TARGET_GROUP("Elastic Load Balancing", "elasticloadbalancing", "CreateTargetGroup"),
    DESCRIBE_TARGET_GROUPS("Elastic Load Balancing", "elasticloadbalancing", "DescribeTargetGroups"),
    MODIFY_TARGET_GROUP("Elastic Load Balancing", "elasticloadbalancing", "ModifyTargetGroup"),
    DELETE_TARGET_GROUP("Elastic Load Balancing", "elasticloadbalancing", "DeleteTargetGroup"),
    CREATE_RULE("Elastic Load Balancing", "elasticloadbalancing", "CreateRule"),
    DESCRIBE_RULES("Elastic Load Balancing", "elasticloadbalancing", "DescribeRules"),
    MODIFY_RULE("Elastic Load Balancing", "elasticloadbalancing", "ModifyRule"),
    DELETE_RULE("Elastic Load Balancing", "elasticloadbalancing", "DeleteRule"),
    DESCRIBE_BALANCING_TAGS("Elastic Load Balancing", "elasticloadbalancing", "DescribeTags"),
    CREATE_LOG_GROUP("CloudWatch Logs", "logs", "CreateLogGroup"),
    PUT_RETENTION_POLICY("CloudWatch Logs", "logs", "PutRetentionPolicy"),
    DELETE_LOG_GROUP("CloudWatch Logs", "logs", "DeleteLogGroup"),
    DESCRIBE_LOG_STREAMS("CloudWatch Logs", "logs", "DescribeLogStreams"),
    GET_LOG_EVENTS("CloudWatch Logs", "logs", "GetLogEvents"),
    REGISTER_SCALABLE_TARGET("Application Auto Scaling", "application-autoscaling", "RegisterScalableTarget"),
    PUT_SCALING_POLICY("Application Auto Scaling", "application-autoscaling", "PutScalingPolicy"),
    DEREGISTER_SCALABLE_TARGET("Application Auto Scaling", "application-autoscaling", "DeregisterScalableTarget"),
    DESCRIBE_DB_SUBNET_GROUPS("RDS", "rds", "DescribeDBSubnetGroups"),
    GET_HOSTED_ZONE("Route 53", "route53", "GetHostedZone"),
    GET_CALLER_IDENTITY("STS", "sts", "GetCallerIdentity");

    private final String service;
    private final String prefix;
    private final String operation;

    AwsCall(String service, String prefix, String operation) {
        this.service = service;
        this.prefix = prefix;
        this.operation = operation;
    }

    /// As AWS's documentation calls it.
    String operation() {
        return operation;
    }

    /// What the role has to be allowed, as policies write it.
    String permission() {
        return prefix + ":" + operation;
    }

    /// For a person.
    String words() {
        return service + " " + operation;
    }
}
