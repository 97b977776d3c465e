mock_provider "aws" {
  source = "../../testing"
}

variables {
  name = "autostack-test"
}

run "the_key_turns_by_itself_and_can_be_brought_back" {
  command = plan

  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "Keys are rotated, and a deleted one can be brought back for a month."
  }
}

run "services_use_it_for_this_account_alone" {
  command = plan

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_kms_key.this.policy).Statement :
      can(statement.Condition) if can(statement.Principal.Service)
    ])
    error_message = "A service that acts for everybody may use the key for this account only."
  }
}

run "a_window_that_aws_does_not_know_is_refused" {
  command = plan

  variables {
    deletion_window_days = 3
  }
  expect_failures = [var.deletion_window_days]
}
