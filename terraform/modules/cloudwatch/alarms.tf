# The platform's thresholds: what is above one for the whole of its time is told. Connections are looked at at once.
locals {
  levels = ["warning", "critical"]

  simple = {
    service-cpu    = { namespace = "AWS/ECS", metric = "CPUUtilization", minutes = 5, warning = 70, critical = 85, advice = "add tasks" }
    service-memory = { namespace = "AWS/ECS", metric = "MemoryUtilization", minutes = 5, warning = 75, critical = 90, advice = "add tasks" }
    database-cpu   = { namespace = "AWS/RDS", metric = "CPUUtilization", minutes = 10, warning = 60, critical = 80, advice = "choose a larger class" }
  }

  # Shares of what a database takes; the metric counts connections.
  connections = { warning = 0.70, critical = 0.85 }

  error_percent = { warning = 1, critical = 5 }
  p95_seconds   = { warning = 2, critical = 5 }

  service_alarms = merge([
    for kind in ["service-cpu", "service-memory"] : merge([
      for service in var.services : {
        for level in local.levels : "${kind} ${service} ${level}" => {
          kind = local.simple[kind], level = level, dimensions = { ClusterName = var.cluster, ServiceName = service }
        }
      }
    ]...)
  ]...)

  database_alarms = merge([
    for database in keys(var.databases) : {
      for level in local.levels : "database-cpu ${database} ${level}" => {
        kind = local.simple["database-cpu"], level = level, dimensions = { DBInstanceIdentifier = database }
      }
    }
  ]...)

  connection_alarms = merge([
    for database, about in var.databases : {
      for level in local.levels : "${database} ${level}" => {
        database = database, level = level, threshold = floor(about.max_connections * local.connections[level])
      }
    }
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "simple" {
  for_each = merge(local.service_alarms, local.database_alarms)

  alarm_name          = "${var.name} ${each.key}"
  alarm_description   = "Above ${each.value.kind[each.value.level]} % for ${each.value.kind.minutes} minutes: ${each.value.kind.advice}."
  namespace           = each.value.kind.namespace
  metric_name         = each.value.kind.metric
  dimensions          = each.value.dimensions
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.kind[each.value.level]
  period              = 60
  evaluation_periods  = each.value.kind.minutes
  alarm_actions       = [aws_sns_topic.alarms[each.value.level].arn]
  ok_actions          = [aws_sns_topic.alarms[each.value.level].arn]
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "connections" {
  for_each = local.connection_alarms

  alarm_name          = "${var.name} database-connections ${each.key}"
  alarm_description   = "More than ${each.value.threshold} connections, ${local.connections[each.value.level] * 100} % of what it takes: pool connections."
  namespace           = "AWS/RDS"
  metric_name         = "DatabaseConnections"
  dimensions          = { DBInstanceIdentifier = each.value.database }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = 1
  alarm_actions       = [aws_sns_topic.alarms[each.value.level].arn]
  ok_actions          = [aws_sns_topic.alarms[each.value.level].arn]
  tags                = var.tags
}

# A share of no requests is none: a quiet night is no error.
resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each = toset(local.levels)

  alarm_name          = "${var.name} error-rate ${each.key}"
  alarm_description   = "Above ${local.error_percent[each.key]} % of requests for 5 minutes: look into the application's errors."
  comparison_operator = "GreaterThanThreshold"
  threshold           = local.error_percent[each.key]
  evaluation_periods  = 5
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms[each.key].arn]
  ok_actions          = [aws_sns_topic.alarms[each.key].arn]
  tags                = var.tags

  metric_query {
    id          = "percent"
    expression  = "IF(requests > 0, 100 * FILL(errors, 0) / requests, 0)"
    label       = "errors in percent of requests"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { requests = "RequestCount", errors = "HTTPCode_Target_5XX_Count" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value
        dimensions  = { LoadBalancer = var.load_balancer.arn_suffix }
        stat        = "Sum"
        period      = 60
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "p95" {
  for_each = toset(local.levels)

  alarm_name          = "${var.name} response-time ${each.key}"
  alarm_description   = "One answer in twenty takes longer than ${local.p95_seconds[each.key]} s for 5 minutes: look into performance."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "TargetResponseTime"
  dimensions          = { LoadBalancer = var.load_balancer.arn_suffix }
  extended_statistic  = "p95"
  comparison_operator = "GreaterThanThreshold"
  threshold           = local.p95_seconds[each.key]
  period              = 60
  evaluation_periods  = 5
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms[each.key].arn]
  ok_actions          = [aws_sns_topic.alarms[each.key].arn]
  tags                = var.tags
}

# The first level counts targets, the second is a share of them.
resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  for_each = merge([
    for name, group in var.load_balancer.target_groups : {
      for level in local.levels : "${name} ${level}" => { group = group, level = level }
    }
  ]...)

  alarm_name          = "${var.name} unhealthy-targets ${each.key}"
  alarm_description   = each.value.level == "warning" ? "A target is unhealthy for 5 minutes: check the application's health." : "More than half of the targets are unhealthy for 5 minutes: check the application's health."
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.level == "warning" ? 0 : 50
  evaluation_periods  = 5
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms[each.value.level].arn]
  ok_actions          = [aws_sns_topic.alarms[each.value.level].arn]
  tags                = var.tags

  metric_query {
    id          = "answer"
    expression  = each.value.level == "warning" ? "unhealthy" : "IF(unhealthy + healthy > 0, 100 * unhealthy / (unhealthy + healthy), 0)"
    label       = each.value.level == "warning" ? "unhealthy targets" : "unhealthy targets in percent"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { unhealthy = "UnHealthyHostCount", healthy = "HealthyHostCount" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value
        dimensions  = { LoadBalancer = var.load_balancer.arn_suffix, TargetGroup = each.value.group }
        stat        = "Maximum"
        period      = 60
      }
    }
  }
}
