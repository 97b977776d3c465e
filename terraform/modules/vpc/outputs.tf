output "vpc_id" {
  description = "The network."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Where the load balancer stands, by zone."
  value       = { for zone, subnet in aws_subnet.public : zone => subnet.id }
}

output "private_subnet_ids" {
  description = "Where tasks run, by zone."
  value       = { for zone, subnet in aws_subnet.private : zone => subnet.id }
}

output "database_subnet_ids" {
  description = "Where databases are, by zone."
  value       = { for zone, subnet in aws_subnet.database : zone => subnet.id }
}

output "security_group_ids" {
  description = "Of load_balancer, application, control_plane, tenant_databases and control_database."
  value = {
    load_balancer    = aws_security_group.load_balancer.id
    application      = aws_security_group.application.id
    control_plane    = aws_security_group.control_plane.id
    tenant_databases = aws_security_group.tenant_databases.id
    control_database = aws_security_group.control_database.id
  }
}

output "nat_addresses" {
  description = "From which addresses tasks are seen by others, by zone of the gateway."
  value       = { for zone, address in aws_eip.nat : zone => address.public_ip }
}
