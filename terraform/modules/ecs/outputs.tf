output "cluster" {
  description = "Name of the cluster."
  value       = aws_ecs_cluster.this.name
}

output "control_plane_service" {
  description = "Name of the control plane's service."
  value       = aws_ecs_service.control_plane.name
}
