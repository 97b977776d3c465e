output "task_execution_role_arn" {
  description = "Role with which ECS starts tasks."
  value       = aws_iam_role.execution.arn
}

output "task_role_arn" {
  description = "Role of the application's tasks."
  value       = aws_iam_role.application.arn
}

output "control_plane_role_arn" {
  description = "Role of the control plane's tasks."
  value       = aws_iam_role.control_plane.arn
}

output "tenant_boundary_arn" {
  description = "Boundary that every role of a tenant has."
  value       = aws_iam_policy.tenant_boundary.arn
}
