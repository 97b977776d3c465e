output "zone_id" {
  description = "The hosted zone."
  value       = local.zone_id
}

output "name_servers" {
  description = "To whom the parent of a zone that was made here has to delegate; empty for one that was there."
  value       = flatten(aws_route53_zone.this[*].name_servers)
}

output "portal" {
  description = "Name at which people reach the control plane."
  value       = local.portal
}
