# Tenants' secrets are not here: they come and go with tenants, below NAME/tenants/.
resource "aws_secretsmanager_secret" "this" {
  for_each = var.secrets

  name                    = "${var.name}/platform/${each.key}"
  description             = each.value
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_window_days
  tags                    = var.tags

  lifecycle {
    precondition {
      condition     = alltrue([for name in keys(var.rotation) : contains(keys(var.secrets), name)])
      error_message = "rotation names a secret that secrets does not."
    }
  }
}

resource "aws_secretsmanager_secret_rotation" "this" {
  for_each = var.rotation

  secret_id           = aws_secretsmanager_secret.this[each.key].id
  rotation_lambda_arn = each.value.function_arn

  rotation_rules {
    automatically_after_days = each.value.days
  }
}
