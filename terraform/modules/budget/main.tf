resource "aws_budgets_budget" "this" {
  name         = "${var.name}-monthly"
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_unit   = "USD"
  limit_amount = format("%.2f", var.monthly_limit)
  tags         = var.tags

  dynamic "cost_filter" {
    for_each = length(var.cost_tags) == 0 ? [] : [1]

    content {
      name   = "TagKeyValue"
      values = [for tag, value in var.cost_tags : format("user:%s$%s", tag, value)]
    }
  }

  # Forecast first: after the money is spent there is nothing left to decide.
  dynamic "notification" {
    for_each = [["FORECASTED", 100], ["ACTUAL", 80], ["ACTUAL", 100]]

    content {
      notification_type          = notification.value[0]
      threshold                  = notification.value[1]
      threshold_type             = "PERCENTAGE"
      comparison_operator        = "GREATER_THAN"
      subscriber_email_addresses = var.emails
    }
  }
}
