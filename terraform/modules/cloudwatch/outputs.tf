output "log_groups" {
  description = "Log groups, by their last name."
  value       = { for name, group in aws_cloudwatch_log_group.this : name => group.name }
}

output "log_group_prefix" {
  description = "What all of them begin with, and what the control plane gives to groups of stacks."
  value       = "/autostack/${var.name}/"
}

output "alarm_topic_arns" {
  description = "Topics by level, warning and critical."
  value       = { for level, topic in aws_sns_topic.alarms : level => topic.arn }
}
