variable "name" {
  description = "Prefix of the names of everything here, for example autostack-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,27}$", var.name)) && !can(regex("--|-$", var.name))
    error_message = "A name has 2 to 28 lower-case letters, digits and single hyphens, and begins with a letter."
  }
}

variable "monthly_limit" {
  description = "What a month may cost, in US dollars."
  type        = number

  validation {
    condition     = var.monthly_limit > 0
    error_message = "A budget is more than nothing."
  }
}

variable "emails" {
  description = "Who is told, one to ten addresses."
  type        = set(string)

  validation {
    condition     = length(var.emails) >= 1 && length(var.emails) <= 10 && alltrue([for email in var.emails : can(regex("^[^@ ]+@[^@ ]+$", email))])
    error_message = "AWS Budgets tells one to ten addresses."
  }
}

variable "cost_tags" {
  description = "Only what carries these tags counts, as { Environment = \"production\" }. They must be activated as cost allocation tags."
  type        = map(string)
  default     = {}
}

variable "tags" {
  description = "Tags of everything here."
  type        = map(string)
  default     = {}
}
