# The same for all environments, each of which has a link to it.

variable "region" {
  description = "Where everything is."
  type        = string
  default     = "us-east-1"
}

variable "owner" {
  description = "Who answers for this environment: team or address, on every resource as the tag Owner."
  type        = string
}

variable "zones" {
  description = "Availability zones by name, with the ranges of their subnets."
  type        = map(object({ public = string, private = string, database = string }))
  default = {
    us-east-1a = { public = "10.40.0.0/24", private = "10.40.10.0/24", database = "10.40.20.0/24" }
    us-east-1b = { public = "10.40.1.0/24", private = "10.40.11.0/24", database = "10.40.21.0/24" }
  }
}

variable "nat_zones" {
  description = "Zones with a NAT gateway; null is as many as the environment has by itself."
  type        = set(string)
  default     = null
}

variable "domain" {
  description = "Domain right below which tenants' names are."
  type        = string
}

variable "hosted_zone_id" {
  description = "Zone that holds the domain already; null makes one."
  type        = string
  default     = null
}

variable "control_plane_image" {
  description = "Image of the control plane by digest."
  type        = string
}

variable "application_image" {
  description = "Image of the application that tenants share, by digest."
  type        = string
}

variable "control_plane_policy_file" {
  description = "File with the policy of the control plane's tasks; null gives them nothing yet."
  type        = string
  default     = null
}

variable "oidc" {
  description = "Identity provider of the portal."
  type        = object({ issuer = string, client_id = string })
}

variable "emails" {
  description = "Who is told of alarms, by level."
  type        = object({ warning = set(string), critical = set(string) })
}

variable "budget" {
  description = "What a month may cost in US dollars, and who is told of it."
  type        = object({ monthly_limit = number, emails = set(string) })
  default     = null
}
