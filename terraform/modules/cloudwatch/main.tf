data "aws_region" "here" {}

resource "aws_cloudwatch_log_group" "this" {
  for_each = var.log_groups

  name              = "/autostack/${var.name}/${each.key}"
  retention_in_days = var.retention_days[each.value]
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

# How often the control plane says that something went wrong.
resource "aws_cloudwatch_log_metric_filter" "errors" {
  for_each = { for group, class in var.log_groups : group => class if class == "operations" }

  name           = "errors"
  log_group_name = aws_cloudwatch_log_group.this[each.key].name
  pattern        = "{ $.level = \"ERROR\" }"

  metric_transformation {
    namespace     = "AutoStack/${var.name}"
    name          = "${each.key}-errors"
    value         = "1"
    default_value = "0"
  }
}

resource "aws_sns_topic" "alarms" {
  for_each = toset(["warning", "critical"])

  name              = "${var.name}-${each.key}"
  kms_master_key_id = var.kms_key_arn
  tags              = var.tags
}

resource "aws_sns_topic_subscription" "people" {
  for_each = merge(
    { for email in var.emails.warning : "warning ${email}" => { level = "warning", email = email } },
    { for email in var.emails.critical : "critical ${email}" => { level = "critical", email = email } },
  )

  topic_arn = aws_sns_topic.alarms[each.value.level].arn
  protocol  = "email"
  endpoint  = each.value.email
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = [
      for index, widget in [
        {
          title   = "Services: processor and memory (%)"
          metrics = [for pair in setproduct(sort(tolist(var.services)), ["CPUUtilization", "MemoryUtilization"]) : ["AWS/ECS", pair[1], "ClusterName", var.cluster, "ServiceName", pair[0]]]
        },
        {
          title   = "Databases: processor (%)"
          metrics = [for database in keys(var.databases) : ["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", database]]
        },
        {
          title   = "Databases: connections"
          metrics = [for database in keys(var.databases) : ["AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", database]]
        },
        {
          title = "Requests and errors"
          metrics = [
            ["AWS/ApplicationELB", "RequestCount", "LoadBalancer", var.load_balancer.arn_suffix, { stat = "Sum" }],
            ["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "LoadBalancer", var.load_balancer.arn_suffix, { stat = "Sum" }],
          ]
        },
        {
          title   = "Answers within (p95, s)"
          metrics = [["AWS/ApplicationELB", "TargetResponseTime", "LoadBalancer", var.load_balancer.arn_suffix, { stat = "p95" }]]
        },
      ] :
      {
        type       = "metric"
        x          = index % 2 * 12
        y          = floor(index / 2) * 6
        width      = 12
        height     = 6
        properties = merge(widget, { region = data.aws_region.here.name, view = "timeSeries", period = 60 })
      }
    ]
  })
}
