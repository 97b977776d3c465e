mock_provider "aws" {
  source = "../../testing"
}

variables {
  name                  = "autostack-test"
  subnet_ids            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_group_ids    = ["sg-0123456789abcdef0"]
  instance_class        = "db.t4g.small"
  multi_az              = true
  backup_retention_days = 7
  kms_key_arn           = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000"
}

run "nobody_outside_reaches_it_and_nobody_reads_along" {
  command = plan

  assert {
    condition     = !aws_db_instance.control.publicly_accessible && aws_db_instance.control.storage_encrypted
    error_message = "The database is private and encrypted."
  }
  assert {
    condition     = contains([for parameter in aws_db_parameter_group.this.parameter : "${parameter.name}=${parameter.value}"], "rds.force_ssl=1")
    error_message = "Connections without TLS are refused."
  }
}

run "a05_a71_no_password_is_made_here" {
  command = plan

  assert {
    condition     = aws_db_instance.control.manage_master_user_password && aws_db_instance.control.password == null
    error_message = "Secrets Manager makes the password, and no state holds it."
  }
}

run "it_can_be_brought_back" {
  command = plan

  assert {
    condition     = aws_db_instance.control.deletion_protection && !aws_db_instance.control.skip_final_snapshot && !aws_db_instance.control.delete_automated_backups
    error_message = "The database is locked and leaves a snapshot."
  }
}

run "a02_each_instance_has_a_final_snapshot_of_its_own" {
  assert {
    condition     = can(regex("^autostack-test-control-[0-9]{14}$", aws_db_instance.control.final_snapshot_identifier))
    error_message = "The name of the final snapshot is no other's."
  }
}

run "a02_a_later_plan_keeps_that_name" {
  variables {
    backup_retention_days = 8
  }
  assert {
    condition     = aws_db_instance.control.backup_retention_period == 8 && can(regex("^autostack-test-control-[0-9]{14}$", aws_db_instance.control.final_snapshot_identifier))
    error_message = "A retry of the same destruction would look for another snapshot."
  }
}

run "a01_below_the_threshold_nothing_is_said_about_iops" {
  command = plan

  variables {
    storage_gib = 399
    storage     = { iops = 3000, throughput = 125 }
  }
  assert {
    condition     = aws_db_instance.control.iops != 3000 && aws_db_instance.control.storage_throughput != 125
    error_message = "AWS refuses IOPS below 400 GiB, even those that there are."
  }
}

run "a01_from_the_threshold_on_there_is_a_floor" {
  command = plan

  variables {
    storage_gib = 400
  }
  expect_failures = [aws_db_instance.control]
}

run "a01_too_few_iops_are_refused_as_well" {
  command = plan

  variables {
    storage_gib = 400
    storage     = { iops = 3000, throughput = 500 }
  }
  expect_failures = [aws_db_instance.control]
}

run "a01_enough_is_accepted" {
  command = plan

  variables {
    storage_gib = 400
    storage     = { iops = 12000, throughput = 500 }
  }
  assert {
    condition     = aws_db_instance.control.iops == 12000 && aws_db_instance.control.storage_throughput == 500
    error_message = "What was asked for is sent."
  }
}

run "a08_a_disk_grows_only_where_that_was_asked_for" {
  command = plan

  assert {
    condition     = aws_db_instance.control.max_allocated_storage == null
    error_message = "Growing raises the bill."
  }
}

run "growing_to_less_is_refused" {
  command = plan

  variables {
    max_storage_gib = 20
  }
  expect_failures = [aws_db_instance.control]
}

run "no_backup_at_all_is_refused" {
  command = plan

  variables {
    backup_retention_days = 0
  }
  expect_failures = [var.backup_retention_days]
}
