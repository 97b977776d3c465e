data "aws_region" "here" {}

# The tenants' application runs here as well; its service is the control plane's.
resource "aws_ecs_cluster" "this" {
  name = var.name
  tags = var.tags

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]

  default_capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 1
  }
}

resource "aws_ecs_task_definition" "control_plane" {
  family                   = "${var.name}-control-plane"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = var.execution_role_arn
  task_role_arn            = var.task_role_arn
  tags                     = var.tags

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  volume {
    name = "scratch"
  }

  container_definitions = jsonencode([
    {
      name                   = "control-plane"
      image                  = var.image
      essential              = true
      user                   = "10001:10001"
      readonlyRootFilesystem = true
      stopTimeout            = 60
      portMappings           = [{ containerPort = var.port, protocol = "tcp" }]
      mountPoints            = [{ sourceVolume = "scratch", containerPath = "/tmp", readOnly = false }]
      environment            = [for variable, value in var.environment : { name = variable, value = value }]
      secrets                = [for variable, reference in var.secrets : { name = variable, valueFrom = reference }]
      linuxParameters        = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = var.log_group
          awslogs-region        = data.aws_region.here.name
          awslogs-stream-prefix = "control-plane"
        }
      }
    },
  ])

  lifecycle {
    precondition {
      condition     = var.cpu == 256 ? contains([512, 1024, 2048], var.memory) : var.memory % 1024 == 0 && var.memory >= var.cpu * 2 && var.memory <= var.cpu * 8
      error_message = "Fargate has no task of that processor with that memory: 2 to 8 MiB for each unit, in steps of 1024."
    }
  }
}

resource "aws_ecs_service" "control_plane" {
  name                               = "control-plane"
  cluster                            = aws_ecs_cluster.this.id
  task_definition                    = aws_ecs_task_definition.control_plane.arn
  desired_count                      = var.tasks.min
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = 120
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE"
  tags                               = var.tags

  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 1
  }

  # A version that does not become ready gives way to the one before.
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = var.security_group_ids
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = var.target_group_arn
    container_name   = "control-plane"
    container_port   = var.port
  }

  # Autoscaling decides from then on.
  lifecycle {
    ignore_changes = [desired_count]
  }

  depends_on = [aws_ecs_cluster_capacity_providers.this]
}

resource "aws_appautoscaling_target" "control_plane" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.control_plane.name}"
  min_capacity       = var.tasks.min
  max_capacity       = var.tasks.max
  tags               = var.tags
}

# Tasks are added where the platform's thresholds begin to warn: processor above 70 %, memory above 75 %.
resource "aws_appautoscaling_policy" "control_plane" {
  for_each = { ECSServiceAverageCPUUtilization = 70, ECSServiceAverageMemoryUtilization = 75 }

  name               = each.key
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.control_plane.service_namespace
  scalable_dimension = aws_appautoscaling_target.control_plane.scalable_dimension
  resource_id        = aws_appautoscaling_target.control_plane.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = each.value
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = each.key
    }
  }
}
