mock_provider "aws" {
  source = "../../testing"
}

variables {
  name        = "autostack-test"
  kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000"
}

run "tags_never_move_and_images_are_scanned" {
  command = plan

  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_tag_mutability == "IMMUTABLE"])
    error_message = "A tag may move to another image."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_scanning_configuration[0].scan_on_push])
    error_message = "Images are scanned when they are pushed."
  }
}

run "old_images_go_and_the_newest_stay" {
  command = plan

  variables {
    kept_images = 5
  }
  assert {
    condition     = jsondecode(aws_ecr_lifecycle_policy.this["application"].policy).rules[1].selection.countNumber == 5
    error_message = "As many images stay as was said."
  }
}

run "a_name_that_ecr_would_refuse_is_refused_now" {
  command = plan

  variables {
    repositories = ["Control Plane"]
  }
  expect_failures = [var.repositories]
}
