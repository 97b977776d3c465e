variable "name" {
  description = "Prefix of the names of everything here, for example autostack-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,27}$", var.name)) && !can(regex("--|-$", var.name))
    error_message = "A name has 2 to 28 lower-case letters, digits and single hyphens, and begins with a letter."
  }
}

variable "log_groups" {
  description = "Log groups below /autostack/NAME/ and the class of each: how long it is kept."
  type        = map(string)
  default = {
    control-plane = "operations"
    application   = "application"
    tenants       = "application"
  }

  validation {
    condition     = alltrue([for class in values(var.log_groups) : contains(["application", "operations", "audit"], class)])
    error_message = "A log is of the class application, operations or audit."
  }
}

variable "retention_days" {
  description = "How long logs of each class are kept, in days that CloudWatch Logs knows."
  type        = object({ application = number, operations = number, audit = number })
  default     = { application = 30, operations = 90, audit = 400 }

  validation {
    condition = alltrue([
      for days in values(var.retention_days) :
      contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], days)
    ])
    error_message = "CloudWatch Logs keeps for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 … 3653 days."
  }
}

variable "cluster" {
  description = "ECS cluster of the services."
  type        = string
}

variable "services" {
  description = "Services of the cluster that are watched."
  type        = set(string)
}

variable "databases" {
  description = "Database instances that are watched, by identifier, and how many connections each takes at most."
  type        = map(object({ max_connections = number }))
  default     = {}

  validation {
    condition     = alltrue([for database in values(var.databases) : database.max_connections > 0])
    error_message = "A database takes more than no connections."
  }
}

variable "load_balancer" {
  description = "The load balancer as CloudWatch calls it, and its target groups by name."
  type        = object({ arn_suffix = string, target_groups = map(string) })
}

variable "emails" {
  description = "Who is told of alarms, by level: warning and critical. Each address has to confirm once."
  type        = object({ warning = set(string), critical = set(string) })
  default     = { warning = [], critical = [] }
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
