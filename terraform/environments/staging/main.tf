# Like production, but for one gateway instead of two.
provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Environment = "staging"
      ManagedBy   = "terraform"
      Owner       = var.owner
      Project     = "autostack"
    }
  }
}

module "platform" {
  source = "../../platform"

  environment          = "staging"
  profile              = "production"
  zones                = var.zones
  nat_zones            = var.nat_zones == null ? toset(["us-east-1a"]) : var.nat_zones
  domain               = var.domain
  hosted_zone_id       = var.hosted_zone_id
  control_plane_image  = var.control_plane_image
  application_image    = var.application_image
  control_plane_policy = var.control_plane_policy_file == null ? null : file(var.control_plane_policy_file)
  oidc                 = var.oidc
  emails               = var.emails
  budget               = var.budget
  waf                  = { requests_per_address = 2000 }
}
