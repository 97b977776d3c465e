# Everything that stands before the first tenant comes. What comes and goes with tenants (instances, secrets, names,
# rules, services) is made by the control plane, and nothing here knows of it.
locals {
  name = "autostack-${var.environment}"

  profiles = {
    poc = {
      database_class        = "db.t4g.micro"
      database_storage_gib  = 20
      task_cpu              = 512
      task_memory           = 1024
      tasks                 = { min = 1, max = 1 }
      multi_az              = false
      backup_retention_days = 1
      locked                = false
    }
    production = {
      database_class        = "db.t4g.small"
      database_storage_gib  = 20
      task_cpu              = 512
      task_memory           = 1024
      tasks                 = { min = 2, max = 10 }
      multi_az              = true
      backup_retention_days = 7
      locked                = true
    }
  }

  profile = local.profiles[var.profile]
  sizes   = merge(local.profile, { for size, value in var.sizes : size => value if value != null })

  # Memory of a class in GiB. RDS for PostgreSQL takes one connection for each 9,531,392 bytes, and 5,000 at the most.
  class_gib       = { micro = 1, small = 2, medium = 4, large = 8, xlarge = 16 }
  database_gib    = lookup(local.class_gib, split(".", local.sizes.database_class)[2], 16)
  max_connections = min(floor(local.database_gib * 1073741824 / 9531392), 5000)

  tags = { for component in ["network", "keys", "images", "storage", "secrets", "database", "entrance", "compute", "roles", "operations"] : component => merge(var.tags, { Component = component }) }
}

module "kms" {
  source = "../modules/kms"

  name = local.name
  tags = local.tags.keys
}

module "vpc" {
  source = "../modules/vpc"

  name                = local.name
  cidr                = var.cidr
  zones               = var.zones
  nat_zones           = var.nat_zones
  interface_endpoints = var.interface_endpoints
  kms_key_arn         = module.kms.key_arn
  tags                = local.tags.network
}

module "ecr" {
  source = "../modules/ecr"

  name        = local.name
  kms_key_arn = module.kms.key_arn
  tags        = local.tags.images
}

module "s3" {
  source = "../modules/s3"

  name                   = local.name
  kms_key_arn            = module.kms.key_arn
  deletable_with_content = !local.profile.locked
  tags                   = local.tags.storage
}

module "secrets" {
  source = "../modules/secrets"

  name                 = local.name
  kms_key_arn          = module.kms.key_arn
  recovery_window_days = local.profile.locked ? 30 : 0
  tags                 = local.tags.secrets

  secrets = {
    master-key         = "Keys of the installation, one line each, the newest first"
    oidc-client-secret = "The portal's secret at the identity provider"
    database-owner     = "Password of the role that owns the control plane's schemas"
    database-app       = "Password of the role that the control plane works with"
    database-trials    = "Password of the role that tries schemas out"
  }
}

module "rds" {
  source = "../modules/rds"

  name                  = local.name
  subnet_ids            = values(module.vpc.database_subnet_ids)
  security_group_ids    = [module.vpc.security_group_ids.control_database]
  instance_class        = local.sizes.database_class
  storage_gib           = local.sizes.database_storage_gib
  multi_az              = local.profile.multi_az
  backup_retention_days = local.profile.backup_retention_days
  deletion_protection   = local.profile.locked
  apply_immediately     = !local.profile.locked
  kms_key_arn           = module.kms.key_arn
  tags                  = local.tags.database
}

module "route53" {
  source = "../modules/route53"

  domain        = var.domain
  zone_id       = var.hosted_zone_id
  load_balancer = { dns_name = module.alb.dns_name, zone_id = module.alb.zone_id }
  health_check  = local.profile.locked
  tags          = local.tags.entrance
}

module "alb" {
  source = "../modules/alb"

  name                = local.name
  vpc_id              = module.vpc.vpc_id
  subnet_ids          = values(module.vpc.public_subnet_ids)
  security_group_id   = module.vpc.security_group_ids.load_balancer
  domain              = var.domain
  zone_id             = module.route53.zone_id
  portal              = module.route53.portal
  access_log_bucket   = module.s3.access_log_bucket
  deletion_protection = local.profile.locked
  waf                 = var.waf
  tags                = local.tags.entrance
}

module "iam" {
  source = "../modules/iam"

  name                 = local.name
  artefact_bucket_arn  = module.s3.artefact_bucket_arn
  kms_key_arn          = module.kms.key_arn
  control_plane_policy = var.control_plane_policy
  tags                 = local.tags.roles
}

module "ecs" {
  source = "../modules/ecs"

  name               = local.name
  subnet_ids         = values(module.vpc.private_subnet_ids)
  security_group_ids = [module.vpc.security_group_ids.control_plane]
  target_group_arn   = module.alb.control_plane_target_group_arn
  image              = var.control_plane_image
  architecture       = var.architecture
  cpu                = local.sizes.task_cpu
  memory             = local.sizes.task_memory
  tasks              = local.sizes.tasks
  execution_role_arn = module.iam.task_execution_role_arn
  task_role_arn      = module.iam.control_plane_role_arn
  log_group          = module.cloudwatch.log_groups["control-plane"]
  tags               = local.tags.compute

  environment = merge(
    {
      AUTOSTACK_ADDRESS          = "https://${module.route53.portal}"
      AUTOSTACK_CLOUD            = "aws"
      AUTOSTACK_CLOUD_LOCAL_URL  = "jdbc:postgresql://${module.rds.control_database.address}:${module.rds.control_database.port}/postgres?sslmode=verify-full&sslrootcert=/opt/autostack/rds-ca-bundle.pem"
      AUTOSTACK_CLOUD_LOCAL_USER = "autostack_provisioner"
      AUTOSTACK_DB_URL           = "jdbc:postgresql://${module.rds.control_database.address}:${module.rds.control_database.port}/autostack?sslmode=verify-full&sslrootcert=/opt/autostack/rds-ca-bundle.pem"
      AUTOSTACK_LOG_JSON         = "true"
      AUTOSTACK_OIDC_CLIENT_ID   = var.oidc.client_id
      AUTOSTACK_OIDC_ISSUER      = var.oidc.issuer
      QUARKUS_HTTP_HOST          = "0.0.0.0"
    },
    { for setting, value in local.driver : "AUTOSTACK_AWS_${upper(setting)}" => value },
  )

  secrets = {
    AUTOSTACK_CLOUD_LOCAL_PASSWORD = module.secrets.secret_arns["database-trials"]
    AUTOSTACK_SECRETS_KEYS         = module.secrets.secret_arns["master-key"]
    AUTOSTACK_DB_OWNER_PASSWORD    = module.secrets.secret_arns["database-owner"]
    AUTOSTACK_DB_PASSWORD          = module.secrets.secret_arns["database-app"]
    AUTOSTACK_OIDC_CLIENT_SECRET   = module.secrets.secret_arns["oidc-client-secret"]
  }
}

module "cloudwatch" {
  source = "../modules/cloudwatch"

  name        = local.name
  cluster     = local.name
  services    = ["control-plane", "application"]
  databases   = { "${local.name}-control" = { max_connections = local.max_connections } }
  emails      = var.emails
  kms_key_arn = module.kms.key_arn
  tags        = local.tags.operations

  load_balancer = {
    arn_suffix    = module.alb.arn_suffix
    target_groups = { control-plane = module.alb.control_plane_target_group_suffix }
  }
}

module "budget" {
  source = "../modules/budget"
  count  = var.budget == null ? 0 : 1

  name          = local.name
  monthly_limit = var.budget.monthly_limit
  emails        = var.budget.emails
  cost_tags     = { Environment = var.environment }
  tags          = local.tags.operations
}
