/// The driver for AWS: an RDS instance for each tenant, secrets in Secrets Manager, names in Route 53, the shared
/// application and stacks on ECS Fargate. Every call may be made again: what is there and carries our tags is adopted.
@NullMarked
package io.autostack.provisioning.cloud.aws;

import org.jspecify.annotations.NullMarked;
