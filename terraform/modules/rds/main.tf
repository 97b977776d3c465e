locals {
  family = "postgres${split(".", var.engine_version)[0]}"
  large  = var.storage_gib >= 400
}

# Where databases can be: the control plane's, and those that it makes for tenants.
resource "aws_db_subnet_group" "this" {
  name        = var.name
  description = "Databases of ${var.name}"
  subnet_ids  = var.subnet_ids
  tags        = var.tags
}

# Versions have groups of their own, so that an upgrade finds the next one beside the present.
resource "aws_db_parameter_group" "this" {
  name        = "${var.name}-${local.family}"
  family      = local.family
  description = "Databases of ${var.name}"
  tags        = var.tags

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }

  parameter {
    name  = "log_lock_waits"
    value = "1"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_db_instance" "control" {
  identifier     = "${var.name}-control"
  engine         = "postgres"
  engine_version = var.engine_version
  instance_class = var.instance_class
  multi_az       = var.multi_az
  tags           = var.tags

  storage_type          = "gp3"
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn
  allocated_storage     = var.storage_gib
  max_allocated_storage = var.max_storage_gib
  iops                  = local.large ? try(var.storage.iops, null) : null
  storage_throughput    = local.large ? try(var.storage.throughput, null) : null

  db_name                             = "autostack"
  username                            = "autostack_admin"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = var.kms_key_arn
  iam_database_authentication_enabled = false

  db_subnet_group_name   = aws_db_subnet_group.this.name
  parameter_group_name   = aws_db_parameter_group.this.name
  vpc_security_group_ids = var.security_group_ids
  publicly_accessible    = false
  ca_cert_identifier     = "rds-ca-rsa2048-g1"

  backup_retention_period         = var.backup_retention_days
  backup_window                   = "02:00-03:00"
  maintenance_window              = "sun:03:30-sun:04:30"
  copy_tags_to_snapshot           = true
  delete_automated_backups        = false
  auto_minor_version_upgrade      = true
  apply_immediately               = var.apply_immediately
  performance_insights_enabled    = true
  performance_insights_kms_key_id = var.kms_key_arn
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]

  # A name can be used once only. It is chosen when the instance is made, and is then that instance's.
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-control-${formatdate("YYYYMMDDhhmmss", plantimestamp())}"

  lifecycle {
    ignore_changes = [final_snapshot_identifier]

    precondition {
      condition     = !local.large || try(var.storage.iops >= 12000 && var.storage.throughput >= 500, false)
      error_message = "A gp3 disk of 400 GiB and more takes IOPS >= 12000 and throughput >= 500 MiB/s: set storage."
    }

    precondition {
      condition     = var.max_storage_gib == null || try(var.max_storage_gib > var.storage_gib, false)
      error_message = "A disk grows to more than it has: max_storage_gib is not above storage_gib."
    }
  }
}
