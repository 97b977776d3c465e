# What the control plane has to know of its environment, under the names of its settings: hosted_zone_id is
# autostack.aws.hosted-zone-id, lists are joined by commas.
locals {
  driver = {
    vpc_id                      = module.vpc.vpc_id
    subnet_ids                  = join(",", values(module.vpc.private_subnet_ids))
    database_subnet_group       = module.rds.subnet_group
    database_security_group_ids = module.vpc.security_group_ids.tenant_databases
    task_security_group_ids     = module.vpc.security_group_ids.application
    cluster                     = local.name
    listener_arn                = module.alb.listener_arn
    load_balancer_dns_name      = module.alb.dns_name
    hosted_zone_id              = module.route53.zone_id
    domain                      = var.domain
    task_execution_role_arn     = module.iam.task_execution_role_arn
    task_role_arn               = module.iam.task_role_arn
    kms_key_id                  = module.kms.key_id
    artefact_bucket             = module.s3.artefact_bucket
    log_group_prefix            = module.cloudwatch.log_group_prefix
    application_image           = var.application_image
    task_architecture           = var.architecture
  }
}

output "vpc_id" {
  description = "The network."
  value       = local.driver.vpc_id
}

output "subnet_ids" {
  description = "Private subnets in which tasks run."
  value       = values(module.vpc.private_subnet_ids)
}

output "database_subnet_group" {
  description = "Where tenants' databases are made."
  value       = local.driver.database_subnet_group
}

output "database_security_group_ids" {
  description = "Groups of tenants' databases."
  value       = [module.vpc.security_group_ids.tenant_databases]
}

output "task_security_group_ids" {
  description = "Groups of the application's tasks."
  value       = [module.vpc.security_group_ids.application]
}

output "cluster" {
  description = "ECS cluster."
  value       = module.ecs.cluster
}

output "listener_arn" {
  description = "HTTPS listener, at which rules of tenants are made."
  value       = local.driver.listener_arn
}

output "load_balancer_dns_name" {
  description = "Name of the load balancer."
  value       = local.driver.load_balancer_dns_name
}

output "hosted_zone_id" {
  description = "Zone in which tenants' names are made."
  value       = local.driver.hosted_zone_id
}

output "domain" {
  description = "Domain right below which tenants' names are."
  value       = local.driver.domain
}

output "task_execution_role_arn" {
  description = "Role with which ECS starts tasks."
  value       = local.driver.task_execution_role_arn
}

output "task_role_arn" {
  description = "Role of the application's tasks."
  value       = local.driver.task_role_arn
}

output "kms_key_id" {
  description = "Key that everything is encrypted with."
  value       = local.driver.kms_key_id
}

output "artefact_bucket" {
  description = "Bucket for build contexts, exports and archived snapshots."
  value       = local.driver.artefact_bucket
}

output "log_group_prefix" {
  description = "What names of log groups begin with."
  value       = local.driver.log_group_prefix
}

output "application_image" {
  description = "Image of the application that tenants share."
  value       = local.driver.application_image
}

output "task_architecture" {
  description = "Processor that tasks run on."
  value       = local.driver.task_architecture
}

# For people

output "portal" {
  description = "Address of the control plane."
  value       = "https://${module.route53.portal}"
}

output "name_servers" {
  description = "To whom the parent of a new zone has to delegate."
  value       = module.route53.name_servers
}

output "repository_urls" {
  description = "Where images are pushed to."
  value       = module.ecr.repository_urls
}

output "tenant_boundary_arn" {
  description = "Boundary that every role of a tenant has."
  value       = module.iam.tenant_boundary_arn
}

output "database_administrator_secret_arn" {
  description = "Secret with the password of the control database's administrator."
  value       = module.rds.control_database.secret_arn
}
