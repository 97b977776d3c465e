# Who may talk to whom. Each rule names the other group, never a range of addresses, but for the two ends of the house:
# the world comes in at the load balancer, and tasks go out to AWS and to whom the application talks to.

# What belongs to no group of ours reaches nobody.
resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id
  tags   = merge(local.tags, { Name = "${var.name}-nobody" })
}

resource "aws_security_group" "load_balancer" {
  name        = "${var.name}-load-balancer"
  description = "The world to the load balancer"
  vpc_id      = aws_vpc.this.id
  tags        = merge(local.tags, { Name = "${var.name}-load-balancer" })
}

resource "aws_security_group" "application" {
  name        = "${var.name}-application"
  description = "Tasks of the application that tenants share"
  vpc_id      = aws_vpc.this.id
  tags        = merge(local.tags, { Name = "${var.name}-application" })
}

resource "aws_security_group" "control_plane" {
  name        = "${var.name}-control-plane"
  description = "Tasks of the control plane"
  vpc_id      = aws_vpc.this.id
  tags        = merge(local.tags, { Name = "${var.name}-control-plane" })
}

resource "aws_security_group" "tenant_databases" {
  name        = "${var.name}-tenant-databases"
  description = "Databases of tenants"
  vpc_id      = aws_vpc.this.id
  tags        = merge(local.tags, { Name = "${var.name}-tenant-databases" })
}

resource "aws_security_group" "control_database" {
  name        = "${var.name}-control-database"
  description = "The database of the control plane"
  vpc_id      = aws_vpc.this.id
  tags        = merge(local.tags, { Name = "${var.name}-control-database" })
}

resource "aws_security_group" "endpoints" {
  name        = "${var.name}-endpoints"
  description = "Endpoints of AWS services within the network"
  vpc_id      = aws_vpc.this.id
  tags        = merge(local.tags, { Name = "${var.name}-endpoints" })
}

resource "aws_vpc_security_group_ingress_rule" "world" {
  for_each = { http = 80, https = 443 }

  security_group_id = aws_security_group.load_balancer.id
  description       = each.key == "http" ? "is sent on to HTTPS" : "HTTPS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}

locals {
  # From, to, first and last port. Containers of stacks listen wherever their template says.
  conversations = {
    load-balancer-to-application   = [aws_security_group.load_balancer.id, aws_security_group.application.id, 1, 65535]
    load-balancer-to-control-plane = [aws_security_group.load_balancer.id, aws_security_group.control_plane.id, var.control_plane_port, var.control_plane_port]
    application-to-databases       = [aws_security_group.application.id, aws_security_group.tenant_databases.id, 5432, 5432]
    control-plane-to-databases     = [aws_security_group.control_plane.id, aws_security_group.tenant_databases.id, 5432, 5432]
    control-plane-to-its-database  = [aws_security_group.control_plane.id, aws_security_group.control_database.id, 5432, 5432]
    application-to-endpoints       = [aws_security_group.application.id, aws_security_group.endpoints.id, 443, 443]
    control-plane-to-endpoints     = [aws_security_group.control_plane.id, aws_security_group.endpoints.id, 443, 443]
  }
}

resource "aws_vpc_security_group_egress_rule" "conversation" {
  for_each = local.conversations

  security_group_id            = each.value[0]
  referenced_security_group_id = each.value[1]
  description                  = each.key
  ip_protocol                  = "tcp"
  from_port                    = each.value[2]
  to_port                      = each.value[3]
}

resource "aws_vpc_security_group_ingress_rule" "conversation" {
  for_each = local.conversations

  security_group_id            = each.value[1]
  referenced_security_group_id = each.value[0]
  description                  = each.key
  ip_protocol                  = "tcp"
  from_port                    = each.value[2]
  to_port                      = each.value[3]
}

resource "aws_vpc_security_group_egress_rule" "out" {
  for_each = {
    application   = aws_security_group.application.id
    control-plane = aws_security_group.control_plane.id
  }

  security_group_id = each.value
  description       = "HTTPS to AWS and to whom it talks to"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
