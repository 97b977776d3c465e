variable "name" {
  description = "Prefix of the names of everything here, for example autostack-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,27}$", var.name)) && !can(regex("--|-$", var.name))
    error_message = "A name has 2 to 28 lower-case letters, digits and single hyphens, and begins with a letter."
  }
}

variable "days_until_archived" {
  description = "After how many days final snapshots and exports move to Glacier Instant Retrieval, which keeps them for 90 days at least."
  type        = number
  default     = 30

  validation {
    condition     = var.days_until_archived >= 30
    error_message = "Objects stay in the standard class for 30 days at least."
  }
}

variable "days_until_noncurrent_expire" {
  description = "How long a version that was replaced or deleted can be brought back, in days."
  type        = number
  default     = 90

  validation {
    condition     = var.days_until_noncurrent_expire >= 1
    error_message = "A version stays for one day at least."
  }
}

variable "access_log_retention_days" {
  description = "How long the load balancer's access logs are kept, in days."
  type        = number
  default     = 90

  validation {
    condition     = var.access_log_retention_days >= 1
    error_message = "Access logs stay for one day at least."
  }
}

variable "deletable_with_content" {
  description = "Whether the buckets may be destroyed although something is in them; for environments that come and go."
  type        = bool
  default     = false
}

variable "kms_key_arn" {
  description = "Key that everything here is encrypted with."
  type        = string
}

variable "tags" {
  description = "Tags of everything here."
  type        = map(string)
  default     = {}
}
