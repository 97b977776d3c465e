variable "name" {
  description = "Prefix of the names of everything here, for example autostack-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,27}$", var.name)) && !can(regex("--|-$", var.name))
    error_message = "A name has 2 to 28 lower-case letters, digits and single hyphens, and begins with a letter."
  }
}

variable "secrets" {
  description = <<-EOT
    Secrets of the platform itself by name, with what each is for. Only their places are made here: values are put in
    by people or by rotation, so that no state of Terraform ever holds one.
  EOT
  type        = map(string)
  default = {
    master-key         = "Keys of the installation, one line each, the newest first"
    oidc-client-secret = "The portal's secret at the identity provider"
  }

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[a-z][a-z0-9-]{0,60}$", name))])
    error_message = "A secret is called with lower-case letters, digits and hyphens."
  }
}

variable "rotation" {
  description = "Functions that rotate a secret, by the secret's name, and every how many days."
  type        = map(object({ function_arn = string, days = number }))
  default     = {}

  validation {
    condition     = alltrue([for rotation in values(var.rotation) : rotation.days >= 1 && rotation.days <= 1000])
    error_message = "A secret is rotated every 1 to 1000 days."
  }
}

variable "recovery_window_days" {
  description = "How long a deleted secret can be brought back: 0 (not at all) or 7 to 30 days. Its name is taken for as long."
  type        = number
  default     = 30

  validation {
    condition     = var.recovery_window_days == 0 || (var.recovery_window_days >= 7 && var.recovery_window_days <= 30)
    error_message = "Secrets Manager waits 7 to 30 days, or not at all."
  }
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
