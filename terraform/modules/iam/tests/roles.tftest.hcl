mock_provider "aws" {
  source = "../../testing"
}

variables {
  name                = "autostack-test"
  artefact_bucket_arn = "arn:aws:s3:::autostack-test-artefacts-111122223333"
  kms_key_arn         = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000"
}

run "only_tasks_of_this_account_have_these_roles" {
  command = plan

  assert {
    condition = alltrue([
      for role in [aws_iam_role.execution, aws_iam_role.application, aws_iam_role.control_plane] :
      alltrue([
        for statement in jsondecode(role.assume_role_policy).Statement :
        statement.Principal.Service == "ecs-tasks.amazonaws.com" && statement.Condition.StringEquals["aws:SourceAccount"] == "111122223333"
      ])
    ])
    error_message = "Somebody else could take a role."
  }
}

run "no_statement_is_about_everything" {
  command = plan

  assert {
    condition = alltrue([
      for document in [aws_iam_role_policy.execution.policy, aws_iam_policy.tenant_boundary.policy] :
      alltrue([
        for statement in jsondecode(document).Statement :
        !contains(flatten([statement.Resource]), "*") && alltrue([for action in flatten([statement.Action]) : !endswith(action, "*")])
      ])
    ])
    error_message = "A policy allows more than it names."
  }
}

run "a_tenants_role_never_reaches_the_platforms_secrets" {
  command = plan

  assert {
    condition = [
      for statement in jsondecode(aws_iam_policy.tenant_boundary.policy).Statement :
      statement.Resource if statement.Sid == "SecretsOfTenants"
    ] == ["arn:aws:secretsmanager:us-east-1:111122223333:secret:autostack-test/tenants/*"]
    error_message = "The boundary reaches beyond tenants' secrets."
  }
}

run "without_a_policy_the_control_plane_can_do_nothing" {
  command = plan

  assert {
    condition     = length(aws_iam_role_policy.control_plane) == 0
    error_message = "Rights come from the policy alone."
  }
}

run "what_is_no_policy_is_refused" {
  command = plan

  variables {
    control_plane_policy = "allow everything"
  }
  expect_failures = [var.control_plane_policy]
}
