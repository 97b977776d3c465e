variable "name" {
  description = "Prefix of the names of everything here, for example autostack-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,27}$", var.name)) && !can(regex("--|-$", var.name))
    error_message = "A name has 2 to 28 lower-case letters, digits and single hyphens, and begins with a letter."
  }
}

variable "vpc_id" {
  description = "Network of the targets."
  type        = string
}

variable "subnet_ids" {
  description = "Public subnets, one in each zone, two at least."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "A load balancer stands in two zones at least."
  }
}

variable "security_group_id" {
  description = "Group of the load balancer."
  type        = string
}

variable "domain" {
  description = "Domain for which, and for all names right below which, the certificate is."
  type        = string
}

variable "zone_id" {
  description = "Hosted zone in which the certificate is proven."
  type        = string
}

variable "portal" {
  description = "Host name of the control plane."
  type        = string
}

variable "control_plane_port" {
  description = "Port on which the control plane listens in its tasks."
  type        = number
  default     = 8080
}

variable "access_log_bucket" {
  description = "Bucket for access logs; null keeps none."
  type        = string
  default     = null
}

variable "deletion_protection" {
  description = "Whether the load balancer has to be unlocked before it can be destroyed."
  type        = bool
  default     = true
}

variable "waf" {
  description = "A web application firewall in front: AWS's common rules, and this many requests from one address in five minutes (10 to 2,000,000,000). Null is none."
  type        = object({ requests_per_address = number })
  default     = null

  validation {
    condition     = var.waf == null || try(var.waf.requests_per_address >= 10 && var.waf.requests_per_address <= 2000000000, false)
    error_message = "A limit is 10 to 2,000,000,000 requests in five minutes."
  }
}

variable "tags" {
  description = "Tags of everything here."
  type        = map(string)
  default     = {}
}
