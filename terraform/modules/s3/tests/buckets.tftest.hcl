mock_provider "aws" {
  source = "../../testing"
}

variables {
  name        = "autostack-test"
  kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000"
}

run "nobody_outside_reads_and_nobody_reads_in_clear" {
  command = plan

  assert {
    condition = alltrue([
      for block in aws_s3_bucket_public_access_block.this :
      block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets
    ])
    error_message = "A bucket could be opened to the public."
  }
  assert {
    condition = alltrue([
      for policy in aws_s3_bucket_policy.this :
      length([for statement in jsondecode(policy.policy).Statement : statement if statement.Effect == "Deny" && try(statement.Condition.Bool["aws:SecureTransport"], "") == "false"]) == 1
    ])
    error_message = "Connections that are not encrypted are refused."
  }
}

run "artefacts_are_under_our_key_and_can_be_brought_back" {
  command = plan

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this["artefacts"].rule).apply_server_side_encryption_by_default).kms_master_key_id == var.kms_key_arn
    error_message = "Artefacts are encrypted with the platform's key."
  }
  assert {
    condition     = aws_s3_bucket_versioning.artefacts.versioning_configuration[0].status == "Enabled"
    error_message = "What is overwritten can be brought back."
  }
  assert {
    condition     = !aws_s3_bucket.this["artefacts"].force_destroy
    error_message = "A bucket with content is not destroyed by accident."
  }
}

run "only_the_load_balancer_of_this_account_writes_access_logs" {
  command = plan

  assert {
    condition = [
      for statement in jsondecode(aws_s3_bucket_policy.this["access-logs"].policy).Statement :
      statement.Condition.StringEquals["aws:SourceAccount"] if statement.Effect == "Allow"
    ] == ["111122223333"]
    error_message = "Somebody else's load balancer could write."
  }
  assert {
    condition     = length([for statement in jsondecode(aws_s3_bucket_policy.this["artefacts"].policy).Statement : statement if statement.Effect == "Allow"]) == 0
    error_message = "The policy of the artefacts lets nobody in."
  }
}

run "archiving_earlier_than_s3_can_is_refused" {
  command = plan

  variables {
    days_until_archived = 7
  }
  expect_failures = [var.days_until_archived]
}
