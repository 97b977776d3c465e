variable "name" {
  description = "Prefix of the names of everything here, for example autostack-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,27}$", var.name)) && !can(regex("--|-$", var.name))
    error_message = "A name has 2 to 28 lower-case letters, digits and single hyphens, and begins with a letter."
  }
}

variable "artefact_bucket_arn" {
  description = "Bucket for build contexts, exports and archived snapshots."
  type        = string
}

variable "control_plane_policy" {
  description = "Policy of the control plane's tasks as JSON: what the driver calls, and nothing else. Null gives them nothing yet."
  type        = string
  default     = null

  validation {
    condition     = var.control_plane_policy == null || can(jsondecode(var.control_plane_policy).Statement)
    error_message = "A policy is a JSON document with statements."
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
