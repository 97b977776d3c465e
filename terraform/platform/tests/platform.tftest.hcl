mock_provider "aws" {
  source = "../testing"
}

variables {
  environment = "production"
  profile     = "production"
  zones = {
    us-east-1a = { public = "10.40.0.0/24", private = "10.40.10.0/24", database = "10.40.20.0/24" }
    us-east-1b = { public = "10.40.1.0/24", private = "10.40.11.0/24", database = "10.40.21.0/24" }
  }
  nat_zones           = ["us-east-1a", "us-east-1b"]
  domain              = "apps.example.com"
  control_plane_image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/control-plane@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  application_image   = "111122223333.dkr.ecr.us-east-1.amazonaws.com/application@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  oidc                = { issuer = "https://login.example.com/realms/autostack", client_id = "autostack" }
  emails              = { warning = ["operators@example.com"], critical = ["on-call@example.com"] }
  budget              = { monthly_limit = 400, emails = ["finance@example.com"] }
}

run "what_the_control_plane_is_told_is_what_its_settings_are_called" {
  assert {
    condition = keys(local.driver) == [
      "application_image", "artefact_bucket", "cluster", "database_security_group_ids", "database_subnet_group", "domain",
      "hosted_zone_id", "kms_key_id", "listener_arn", "load_balancer_dns_name", "log_group_prefix", "subnet_ids",
      "task_architecture", "task_execution_role_arn", "task_role_arn", "task_security_group_ids", "vpc_id",
    ]
    error_message = "A setting of the driver has another name than its output."
  }
  assert {
    condition     = output.cluster == local.driver.cluster
    error_message = "Alarms and settings name another cluster than there is."
  }
  assert {
    condition     = output.domain == "apps.example.com" && output.portal == "https://console.apps.example.com"
    error_message = "The portal stands below the domain."
  }
}

run "production_survives_the_loss_of_a_zone" {
  command = plan

  assert {
    condition     = local.sizes.tasks == { min = 2, max = 10 } && local.sizes.database_class == "db.t4g.small" && local.profile.multi_az && local.profile.backup_retention_days == 7 && local.profile.locked
    error_message = "Production is smaller than its profile."
  }
  assert {
    condition     = local.max_connections == 225
    error_message = "A small instance takes 225 connections."
  }
}

run "a_proof_of_concept_costs_little_and_can_be_taken_away" {
  command = plan

  variables {
    environment = "development"
    profile     = "poc"
    nat_zones   = ["us-east-1a"]
    budget      = null
  }
  assert {
    condition     = local.sizes.tasks == { min = 1, max = 1 } && local.sizes.database_class == "db.t4g.micro" && !local.profile.multi_az && local.profile.backup_retention_days == 1 && !local.profile.locked
    error_message = "A proof of concept is larger than its profile."
  }
  assert {
    condition     = length(module.budget) == 0
    error_message = "Nobody is told of a budget that was not set."
  }
}

run "one_size_can_be_chosen_and_the_others_stay" {
  command = plan

  variables {
    sizes = { database_class = "db.m6g.large" }
  }
  assert {
    condition     = local.sizes.database_class == "db.m6g.large" && local.sizes.database_storage_gib == 20 && local.max_connections == 901
    error_message = "What was not chosen is the profile's."
  }
}

run "an_environment_that_nobody_knows_is_refused" {
  command = plan

  variables {
    environment = "prod"
  }
  expect_failures = [var.environment]
}

run "an_identity_provider_in_clear_is_refused" {
  command = plan

  variables {
    oidc = { issuer = "http://login.example.com/realms/autostack", client_id = "autostack" }
  }
  expect_failures = [var.oidc]
}
