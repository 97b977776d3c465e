mock_provider "aws" {
  source = "../../testing"
}

variables {
  name        = "autostack-test"
  kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000"
}

run "secrets_of_the_platform_are_apart_from_tenants_and_under_our_key" {
  command = plan

  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.this : startswith(secret.name, "autostack-test/platform/") && secret.kms_key_id == var.kms_key_arn])
    error_message = "A tenant's role could name a secret of the platform, or it is under another key."
  }
}

run "rotation_of_a_secret_that_is_not_there_is_refused" {
  command = plan

  variables {
    rotation = { unknown = { function_arn = "arn:aws:lambda:us-east-1:111122223333:function:rotate", days = 30 } }
  }
  expect_failures = [aws_secretsmanager_secret.this]
}

run "a_window_that_aws_does_not_know_is_refused" {
  command = plan

  variables {
    recovery_window_days = 3
  }
  expect_failures = [var.recovery_window_days]
}
