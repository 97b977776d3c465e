variable "name" {
  description = "Prefix of the names of everything here, for example autostack-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,27}$", var.name)) && !can(regex("--|-$", var.name))
    error_message = "A name has 2 to 28 lower-case letters, digits and single hyphens, and begins with a letter."
  }
}

variable "subnet_ids" {
  description = "Private subnets in which tasks run."
  type        = list(string)
}

variable "security_group_ids" {
  description = "Groups of the control plane's tasks."
  type        = list(string)
}

variable "target_group_arn" {
  description = "Where tasks of the control plane register."
  type        = string
}

variable "image" {
  description = "Image of the control plane by digest, as NAME@sha256:…: what was tested is what runs."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "An image is named by its digest, NAME@sha256:…"
  }
}

variable "architecture" {
  description = "Processor for which the image is made, X86_64 or ARM64."
  type        = string
  default     = "X86_64"

  validation {
    condition     = contains(["X86_64", "ARM64"], var.architecture)
    error_message = "Fargate runs X86_64 and ARM64."
  }
}

variable "cpu" {
  description = "Processor of a task in units of 1/1024 vCPU: 256, 512, 1024, 2048, 4096."
  type        = number
  default     = 512

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.cpu)
    error_message = "Fargate has 256, 512, 1024, 2048 and 4096 units."
  }
}

variable "memory" {
  description = "Memory of a task in MiB. Fargate takes 2 to 8 times the processor's units, in steps of 1024 from 1024 on (512 for 256 units)."
  type        = number
  default     = 1024
}

variable "tasks" {
  description = "How many tasks run at least and at most. Equal numbers keep them as they are."
  type        = object({ min = number, max = number })

  validation {
    condition     = var.tasks.min >= 1 && var.tasks.max >= var.tasks.min && var.tasks.max <= 100
    error_message = "At least one task, at most a hundred, and no more at least than at most."
  }
}

variable "port" {
  description = "Port on which the control plane listens."
  type        = number
  default     = 8080
}

variable "environment" {
  description = "Settings that may be shown, by variable."
  type        = map(string)
  default     = {}
}

variable "secrets" {
  description = "Variables that are filled from secrets: ARN, and with :member:: one member of it."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for reference in values(var.secrets) : startswith(reference, "arn:")])
    error_message = "A secret is named by its ARN: its value has no place here."
  }
}

variable "execution_role_arn" {
  description = "Role with which ECS starts tasks."
  type        = string
}

variable "task_role_arn" {
  description = "Role of the control plane's tasks."
  type        = string
}

variable "log_group" {
  description = "Log group of the control plane."
  type        = string
}

variable "tags" {
  description = "Tags of everything here."
  type        = map(string)
  default     = {}
}
