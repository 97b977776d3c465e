variable "domain" {
  description = "Domain of the platform, as apps.example.com. Tenants' names are made below it by the control plane."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$", var.domain)) && length(var.domain) <= 200
    error_message = "A domain has lower-case labels joined by dots, without one at the end, and leaves room for tenants' names."
  }
}

variable "zone_id" {
  description = "Hosted zone that holds the domain already; null makes one for it, to which its parent has to delegate."
  type        = string
  default     = null
}

variable "control_plane_label" {
  description = "First label of the portal's name, as console in console.apps.example.com. No tenant can have it as its slug."
  type        = string
  default     = "console"

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.control_plane_label))
    error_message = "A label has 1 to 63 lower-case letters, digits and hyphens, and no hyphen at its ends."
  }
}

variable "load_balancer" {
  description = "Where the portal's name leads: the load balancer's name and its hosted zone."
  type        = object({ dns_name = string, zone_id = string })
}

variable "health_check" {
  description = "Whether Route 53 asks the portal from outside whether it is ready (about one dollar a month)."
  type        = bool
  default     = false
}

variable "tags" {
  description = "Tags of everything here."
  type        = map(string)
  default     = {}
}
