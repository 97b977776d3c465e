variable "bucket" {
  description = "Name of the bucket for states, which nobody in the world has taken yet."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "A bucket has 3 to 63 lower-case letters, digits and hyphens."
  }
}

variable "region" {
  description = "Where the bucket is."
  type        = string
  default     = "us-east-1"
}
