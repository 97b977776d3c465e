output "subnet_group" {
  description = "Where tenants' databases are made."
  value       = aws_db_subnet_group.this.name
}

output "parameter_group" {
  description = "Parameters of databases of this version."
  value       = aws_db_parameter_group.this.name
}

output "control_database" {
  description = "The control plane's database: identifier, address, port, and the secret with its administrator's password."
  value = {
    identifier = aws_db_instance.control.identifier
    address    = aws_db_instance.control.address
    port       = aws_db_instance.control.port
    secret_arn = one(aws_db_instance.control.master_user_secret).secret_arn
  }
}
