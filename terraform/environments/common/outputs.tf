# As the platform says them; `terraform output -json` is what the control plane is configured with.

output "vpc_id" {
  value = module.platform.vpc_id
}

output "subnet_ids" {
  value = module.platform.subnet_ids
}

output "database_subnet_group" {
  value = module.platform.database_subnet_group
}

output "database_security_group_ids" {
  value = module.platform.database_security_group_ids
}

output "task_security_group_ids" {
  value = module.platform.task_security_group_ids
}

output "cluster" {
  value = module.platform.cluster
}

output "listener_arn" {
  value = module.platform.listener_arn
}

output "load_balancer_dns_name" {
  value = module.platform.load_balancer_dns_name
}

output "hosted_zone_id" {
  value = module.platform.hosted_zone_id
}

output "domain" {
  value = module.platform.domain
}

output "task_execution_role_arn" {
  value = module.platform.task_execution_role_arn
}

output "task_role_arn" {
  value = module.platform.task_role_arn
}

output "kms_key_id" {
  value = module.platform.kms_key_id
}

output "artefact_bucket" {
  value = module.platform.artefact_bucket
}

output "log_group_prefix" {
  value = module.platform.log_group_prefix
}

output "application_image" {
  value = module.platform.application_image
}

output "task_architecture" {
  value = module.platform.task_architecture
}

output "portal" {
  value = module.platform.portal
}

output "name_servers" {
  value = module.platform.name_servers
}

output "repository_urls" {
  value = module.platform.repository_urls
}

output "tenant_boundary_arn" {
  value = module.platform.tenant_boundary_arn
}

output "database_administrator_secret_arn" {
  value = module.platform.database_administrator_secret_arn
}
