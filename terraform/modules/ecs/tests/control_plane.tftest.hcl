mock_provider "aws" {
  source = "../../testing"
}

variables {
  name               = "autostack-test"
  subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_group_ids = ["sg-0123456789abcdef0"]
  target_group_arn   = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/mocked/0123456789abcdef"
  image              = "111122223333.dkr.ecr.us-east-1.amazonaws.com/autostack-test/control-plane@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  tasks              = { min = 2, max = 4 }
  environment        = { AUTOSTACK_CLOUD = "aws" }
  secrets            = { AUTOSTACK_OIDC_CLIENT_SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:autostack-test/platform/oidc-client-secret-AbCdEf" }
  execution_role_arn = "arn:aws:iam::111122223333:role/execution"
  task_role_arn      = "arn:aws:iam::111122223333:role/control-plane"
  log_group          = "/autostack/autostack-test/control-plane"
}

run "a_task_can_do_as_little_as_it_needs" {
  command = plan

  assert {
    condition = alltrue([
      for container in jsondecode(aws_ecs_task_definition.control_plane.container_definitions) :
      container.readonlyRootFilesystem && container.user != "0" && container.linuxParameters.capabilities.drop == ["ALL"]
    ])
    error_message = "The container is root, or may write to its own files."
  }
  assert {
    condition     = !aws_ecs_service.control_plane.network_configuration[0].assign_public_ip
    error_message = "Tasks have no public address."
  }
}

run "values_of_secrets_are_in_no_definition" {
  command = plan

  assert {
    condition = alltrue([
      for container in jsondecode(aws_ecs_task_definition.control_plane.container_definitions) :
      [for secret in container.secrets : secret.name] == ["AUTOSTACK_OIDC_CLIENT_SECRET"] && [for variable in container.environment : variable.name] == ["AUTOSTACK_CLOUD"]
    ])
    error_message = "A secret is shown among the settings."
  }
}

run "a20_a_version_that_does_not_start_gives_way_to_the_one_before" {
  command = plan

  assert {
    condition     = aws_ecs_service.control_plane.deployment_circuit_breaker[0].rollback && aws_ecs_service.control_plane.deployment_minimum_healthy_percent == 100
    error_message = "A failed deployment takes the platform down."
  }
}

run "tasks_are_added_where_thresholds_warn" {
  assert {
    condition     = { for name, policy in aws_appautoscaling_policy.control_plane : name => policy.target_tracking_scaling_policy_configuration[0].target_value } == { ECSServiceAverageCPUUtilization = 70, ECSServiceAverageMemoryUtilization = 75 }
    error_message = "Thresholds are 70 % of processor and 75 % of memory."
  }
}

run "autoscaling_is_not_undone_by_the_next_change" {
  variables {
    tasks = { min = 3, max = 6 }
  }
  assert {
    condition     = aws_ecs_service.control_plane.desired_count == 2 && aws_appautoscaling_target.control_plane.min_capacity == 3
    error_message = "The number of tasks is autoscaling's."
  }
}

run "an_image_by_tag_is_refused" {
  command = plan

  variables {
    image = "control-plane:latest"
  }
  expect_failures = [var.image]
}

run "a_secret_in_clear_is_refused" {
  command = plan

  variables {
    secrets = { AUTOSTACK_OIDC_CLIENT_SECRET = "hunter2" }
  }
  expect_failures = [var.secrets]
}

run "a_size_that_fargate_does_not_have_is_refused" {
  command = plan

  variables {
    cpu    = 1024
    memory = 1024
  }
  expect_failures = [aws_ecs_task_definition.control_plane]
}

run "no_task_at_all_is_refused" {
  command = plan

  variables {
    tasks = { min = 0, max = 4 }
  }
  expect_failures = [var.tasks]
}
