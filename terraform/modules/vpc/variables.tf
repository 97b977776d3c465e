variable "name" {
  description = "Prefix of the names of everything here, for example autostack-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,27}$", var.name)) && !can(regex("--|-$", var.name))
    error_message = "A name has 2 to 28 lower-case letters, digits and single hyphens, and begins with a letter."
  }
}

variable "cidr" {
  description = "IPv4 range of the network. Subnets lie within it."
  type        = string
  default     = "10.40.0.0/16"

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && try(tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) <= 24, false)
    error_message = "An IPv4 range of a network is /16 to /24, for example 10.40.0.0/16."
  }
}

variable "zones" {
  description = <<-EOT
    Availability zones by name, each with the ranges of its three subnets. Everything in a zone is keyed by the zone's
    name: a zone that is added or taken away leaves the others as they are. A database that fails over needs two.
  EOT
  type = map(object({
    public   = string
    private  = string
    database = string
  }))

  validation {
    condition     = length(var.zones) >= 2
    error_message = "At least two zones are needed: a load balancer and a group of database subnets take no fewer."
  }

  validation {
    condition     = alltrue([for zone in keys(var.zones) : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$", zone))])
    error_message = "A zone is called like us-east-1a."
  }

  validation {
    condition     = alltrue(flatten([for zone in values(var.zones) : [for range in [zone.public, zone.private, zone.database] : can(cidrhost(range, 0))]]))
    error_message = "Each subnet has an IPv4 range, for example 10.40.0.0/24."
  }
}

variable "nat_zones" {
  description = <<-EOT
    Zones with a NAT gateway. A private subnet leaves through the gateway of its own zone, or else through that of the
    first of these zones. One is cheap, one in each zone survives the loss of a zone, none needs `interface_endpoints`.
  EOT
  type        = set(string)
  default     = []
}

variable "interface_endpoints" {
  description = "Services that are reached without leaving the network, as ecr.api, ecr.dkr, logs, secretsmanager. S3 always is."
  type        = set(string)
  default     = []
}

variable "control_plane_port" {
  description = "Port on which the control plane listens in its tasks."
  type        = number
  default     = 8080

  validation {
    condition     = var.control_plane_port >= 1 && var.control_plane_port <= 65535
    error_message = "A port is a number from 1 to 65535."
  }
}

variable "flow_log_retention_days" {
  description = "How long records of the network's traffic are kept, in days that CloudWatch Logs knows."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.flow_log_retention_days)
    error_message = "CloudWatch Logs keeps for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 … 3653 days."
  }
}

variable "kms_key_arn" {
  description = "Key that the records of the network's traffic are encrypted with; null leaves that to CloudWatch Logs."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of everything here."
  type        = map(string)
  default     = {}
}
