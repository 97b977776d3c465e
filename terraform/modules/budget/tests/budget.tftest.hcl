mock_provider "aws" {
  source = "../../testing"
}

variables {
  name          = "autostack-test"
  monthly_limit = 122.51
  emails        = ["finance@example.com"]
  cost_tags     = { Environment = "test" }
}

run "people_hear_of_it_before_the_money_is_spent" {
  command = plan

  assert {
    condition     = length([for notification in aws_budgets_budget.this.notification : notification if notification.notification_type == "FORECASTED"]) == 1
    error_message = "A forecast beyond the budget is told."
  }
  assert {
    condition     = aws_budgets_budget.this.limit_amount == "122.51"
    error_message = "The limit is exact to the cent."
  }
  assert {
    condition     = one(aws_budgets_budget.this.cost_filter).values == tolist(["user:Environment$test"])
    error_message = "Only this environment counts."
  }
}

run "a_budget_that_nobody_hears_of_is_refused" {
  command = plan

  variables {
    emails = []
  }
  expect_failures = [var.emails]
}
