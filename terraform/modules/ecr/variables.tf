variable "name" {
  description = "Prefix of the names of everything here, for example autostack-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,27}$", var.name)) && !can(regex("--|-$", var.name))
    error_message = "A name has 2 to 28 lower-case letters, digits and single hyphens, and begins with a letter."
  }
}

variable "repositories" {
  description = "Images that are kept here, by name."
  type        = set(string)
  default     = ["control-plane", "application"]

  validation {
    condition     = alltrue([for repository in var.repositories : can(regex("^[a-z0-9]+([._/-][a-z0-9]+)*$", repository))])
    error_message = "A repository has lower-case letters and digits, joined by one of . _ - /."
  }
}

variable "kept_images" {
  description = "How many images of a repository stay, the newest ones."
  type        = number
  default     = 30

  validation {
    condition     = var.kept_images >= 1 && var.kept_images <= 1000
    error_message = "1 to 1000 images stay."
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
