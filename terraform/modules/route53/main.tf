locals {
  zone_id = var.zone_id == null ? aws_route53_zone.this[0].zone_id : var.zone_id
  portal  = "${var.control_plane_label}.${var.domain}"
}

resource "aws_route53_zone" "this" {
  count = var.zone_id == null ? 1 : 0

  name    = var.domain
  comment = "AutoStack: records of tenants are made and removed by the control plane"
  tags    = var.tags
}

resource "aws_route53_record" "portal" {
  for_each = toset(["A", "AAAA"])

  zone_id = local.zone_id
  name    = local.portal
  type    = each.key

  alias {
    name                   = var.load_balancer.dns_name
    zone_id                = var.load_balancer.zone_id
    evaluate_target_health = true
  }
}

resource "aws_route53_health_check" "portal" {
  count = var.health_check ? 1 : 0

  fqdn              = local.portal
  type              = "HTTPS"
  port              = 443
  resource_path     = "/q/health/ready"
  request_interval  = 30
  failure_threshold = 3
  tags              = merge(var.tags, { Name = local.portal })
}
