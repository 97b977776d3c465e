mock_provider "aws" {
  source = "../../testing"
}

variables {
  name        = "autostack-test"
  cluster     = "autostack-test"
  services    = ["control-plane", "application"]
  databases   = { autostack-test-control = { max_connections = 225 } }
  kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000"
  load_balancer = {
    arn_suffix    = "app/mocked/0123456789abcdef"
    target_groups = { control-plane = "targetgroup/mocked/0123456789abcdef" }
  }
  emails = { warning = ["operators@example.com"], critical = ["operators@example.com", "on-call@example.com"] }
}

run "thresholds_of_services_and_databases" {
  command = plan

  assert {
    condition = { for name, alarm in aws_cloudwatch_metric_alarm.simple : name => [alarm.threshold, alarm.evaluation_periods * alarm.period / 60] } == {
      "database-cpu autostack-test-control critical" = [80, 10]
      "database-cpu autostack-test-control warning"  = [60, 10]
      "service-cpu application critical"             = [85, 5]
      "service-cpu application warning"              = [70, 5]
      "service-cpu control-plane critical"           = [85, 5]
      "service-cpu control-plane warning"            = [70, 5]
      "service-memory application critical"          = [90, 5]
      "service-memory application warning"           = [75, 5]
      "service-memory control-plane critical"        = [90, 5]
      "service-memory control-plane warning"         = [75, 5]
    }
    error_message = "A threshold is not the platform's."
  }
}

run "connections_are_a_share_of_what_the_database_takes_and_told_at_once" {
  command = plan

  assert {
    condition = { for name, alarm in aws_cloudwatch_metric_alarm.connections : name => [alarm.threshold, alarm.evaluation_periods] } == {
      "autostack-test-control critical" = [191, 1]
      "autostack-test-control warning"  = [157, 1]
    }
    error_message = "70 and 85 % of 225 connections are 157 and 191."
  }
}

run "errors_answers_and_targets" {
  command = plan

  assert {
    condition     = [aws_cloudwatch_metric_alarm.errors["warning"].threshold, aws_cloudwatch_metric_alarm.errors["critical"].threshold] == [1, 5]
    error_message = "Errors are told above 1 and 5 % of requests."
  }
  assert {
    condition     = [aws_cloudwatch_metric_alarm.p95["warning"].threshold, aws_cloudwatch_metric_alarm.p95["critical"].threshold] == [2, 5]
    error_message = "Slow answers are told above 2 and 5 s."
  }
  assert {
    condition     = [aws_cloudwatch_metric_alarm.unhealthy["control-plane warning"].threshold, aws_cloudwatch_metric_alarm.unhealthy["control-plane critical"].threshold] == [0, 50]
    error_message = "One unhealthy target warns, more than half are critical."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.errors["warning"].treat_missing_data == "notBreaching"
    error_message = "A night without requests is no error."
  }
}

run "the_right_people_are_told" {
  assert {
    condition     = length(aws_sns_topic_subscription.people) == 3 && aws_sns_topic_subscription.people["critical on-call@example.com"].topic_arn == aws_sns_topic.alarms["critical"].arn
    error_message = "Who is on call hears of what is critical, and of nothing else."
  }
}

run "logs_are_kept_by_class_and_encrypted" {
  command = plan

  assert {
    condition = { for name, group in aws_cloudwatch_log_group.this : name => group.retention_in_days } == {
      application   = 30
      control-plane = 90
      tenants       = 30
    }
    error_message = "A log is kept for as long as its class says."
  }
  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.this : group.kms_key_id == var.kms_key_arn])
    error_message = "Logs are encrypted with the platform's key."
  }
}

run "a_class_that_nobody_knows_is_refused" {
  command = plan

  variables {
    log_groups = { control-plane = "forever" }
  }
  expect_failures = [var.log_groups]
}

run "days_that_cloudwatch_does_not_know_are_refused" {
  command = plan

  variables {
    retention_days = { application = 10, operations = 90, audit = 400 }
  }
  expect_failures = [var.retention_days]
}
