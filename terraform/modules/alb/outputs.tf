output "listener_arn" {
  description = "HTTPS listener, at which the control plane makes rules for tenants."
  value       = aws_lb_listener.https.arn
}

output "dns_name" {
  description = "Name of the load balancer."
  value       = aws_lb.this.dns_name
}

output "zone_id" {
  description = "Hosted zone of that name."
  value       = aws_lb.this.zone_id
}

output "arn_suffix" {
  description = "What CloudWatch calls the load balancer."
  value       = aws_lb.this.arn_suffix
}

output "control_plane_target_group_arn" {
  description = "Where tasks of the control plane register."
  value       = aws_lb_target_group.control_plane.arn

  # A service can be made when its group has a rule.
  depends_on = [aws_lb_listener_rule.control_plane]
}

output "control_plane_target_group_suffix" {
  description = "What CloudWatch calls that group."
  value       = aws_lb_target_group.control_plane.arn_suffix
}
