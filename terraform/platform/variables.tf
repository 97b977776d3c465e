variable "environment" {
  description = "Which environment this is: development, staging or production. It is part of every name."
  type        = string

  validation {
    condition     = contains(["development", "staging", "production"], var.environment)
    error_message = "An environment is development, staging or production."
  }
}

variable "profile" {
  description = <<-EOT
    How the platform itself is sized. `poc`: one task, a micro database in one zone, backups of one day. `production`:
    two to ten tasks, a small database in two zones, backups of seven days, everything locked against deletion.
  EOT
  type        = string

  validation {
    condition     = contains(["poc", "production"], var.profile)
    error_message = "A profile is poc or production."
  }
}

variable "sizes" {
  description = "Where the platform is to be larger than its profile: class and storage of the control plane's database, processor, memory and number of its tasks."
  type = object({
    database_class       = optional(string)
    database_storage_gib = optional(number)
    task_cpu             = optional(number)
    task_memory          = optional(number)
    tasks                = optional(object({ min = number, max = number }))
  })
  default = {}
}

variable "cidr" {
  description = "IPv4 range of the network."
  type        = string
  default     = "10.40.0.0/16"
}

variable "zones" {
  description = "Availability zones by name, with the ranges of their subnets."
  type        = map(object({ public = string, private = string, database = string }))
}

variable "nat_zones" {
  description = "Zones with a NAT gateway."
  type        = set(string)
}

variable "interface_endpoints" {
  description = "Services that are reached without leaving the network."
  type        = set(string)
  default     = []
}

variable "domain" {
  description = "Domain of the platform, as apps.example.com; tenants' names are right below it."
  type        = string
}

variable "hosted_zone_id" {
  description = "Hosted zone that holds the domain already; null makes one."
  type        = string
  default     = null
}

variable "control_plane_image" {
  description = "Image of the control plane by digest, NAME@sha256:…"
  type        = string
}

variable "application_image" {
  description = "Image of the application that tenants share, by digest."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.application_image))
    error_message = "An image is named by its digest, NAME@sha256:…"
  }
}

variable "architecture" {
  description = "Processor for which both images are made, X86_64 or ARM64."
  type        = string
  default     = "X86_64"
}

variable "control_plane_policy" {
  description = "Policy of the control plane's tasks as JSON."
  type        = string
  default     = null
}

variable "oidc" {
  description = "Identity provider of the portal: issuer and client id. Its secret is put into the secret oidc-client-secret by hand."
  type        = object({ issuer = string, client_id = string })

  validation {
    condition     = startswith(var.oidc.issuer, "https://")
    error_message = "An identity provider is reached over HTTPS."
  }
}

variable "emails" {
  description = "Who is told of alarms, by level."
  type        = object({ warning = set(string), critical = set(string) })
}

variable "budget" {
  description = "What a month may cost in US dollars, and who is told of it. Null watches nothing."
  type        = object({ monthly_limit = number, emails = set(string) })
  default     = null
}

variable "waf" {
  description = "A web application firewall, and how many requests one address may make in five minutes. Null is none."
  type        = object({ requests_per_address = number })
  default     = null
}

variable "tags" {
  description = "Tags of everything here."
  type        = map(string)
  default     = {}
}
