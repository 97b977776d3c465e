variable "name" {
  description = "Prefix of the names of everything here, for example autostack-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,27}$", var.name)) && !can(regex("--|-$", var.name))
    error_message = "A name has 2 to 28 lower-case letters, digits and single hyphens, and begins with a letter."
  }
}

variable "subnet_ids" {
  description = "Subnets of databases, one in each zone, two at least. Tenants' instances go there too."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "Databases that fail over need two zones."
  }
}

variable "security_group_ids" {
  description = "Groups of the control plane's database."
  type        = list(string)
}

variable "engine_version" {
  description = "Version of PostgreSQL, major alone (AWS chooses the newest minor) or with minor."
  type        = string
  default     = "17"

  validation {
    condition     = can(regex("^1[5-9](\\.[0-9]+)?$", var.engine_version))
    error_message = "PostgreSQL 15 or newer, as 17 or 17.4."
  }
}

variable "instance_class" {
  description = "Class of the instance, as db.t4g.small."
  type        = string

  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.instance_class))
    error_message = "A class is called like db.t4g.small."
  }
}

variable "multi_az" {
  description = "Whether a second instance in another zone takes over when the first is lost. It doubles instance and storage."
  type        = bool
}

variable "storage_gib" {
  description = "Size of the gp3 disk, 20 to 65536 GiB. It never shrinks."
  type        = number
  default     = 20

  validation {
    condition     = var.storage_gib >= 20 && var.storage_gib <= 65536
    error_message = "A gp3 disk has 20 to 65536 GiB."
  }
}

variable "storage" {
  description = <<-EOT
    Performance of a gp3 disk. Below 400 GiB it is 3000 IOPS and 125 MiB/s, and nothing may be said; from there on it
    is 12000 IOPS and 500 MiB/s at least.
  EOT
  type        = object({ iops = number, throughput = number })
  default     = null
}

variable "max_storage_gib" {
  description = "Up to which size the disk grows by itself, in GiB; null keeps it as it is. What it grew to is paid for."
  type        = number
  default     = null
}

variable "backup_retention_days" {
  description = "How far back the database can be brought, 1 to 35 days. At 7 and more it is called production here."
  type        = number

  validation {
    condition     = var.backup_retention_days >= 1 && var.backup_retention_days <= 35
    error_message = "AWS keeps automatic backups for 1 to 35 days."
  }
}

variable "deletion_protection" {
  description = "Whether the instance has to be unlocked before it can be destroyed."
  type        = bool
  default     = true
}

variable "apply_immediately" {
  description = "Whether changes are made at once instead of in the maintenance window."
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
