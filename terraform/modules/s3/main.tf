data "aws_caller_identity" "here" {}

data "aws_partition" "here" {}

locals {
  # Names of buckets are taken worldwide; the account makes them ours.
  buckets = {
    artefacts   = "${var.name}-artefacts-${data.aws_caller_identity.here.account_id}"
    access-logs = "${var.name}-access-logs-${data.aws_caller_identity.here.account_id}"
  }
}

resource "aws_s3_bucket" "this" {
  for_each = local.buckets

  bucket        = each.value
  force_destroy = var.deletable_with_content
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each = local.buckets

  bucket                  = aws_s3_bucket.this[each.key].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

# The load balancer writes its access logs to buckets with S3's own keys only.
resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = each.key == "artefacts" ? "aws:kms" : "AES256"
      kms_master_key_id = each.key == "artefacts" ? var.kms_key_arn : null
    }
  }
}

resource "aws_s3_bucket_versioning" "artefacts" {
  bucket = aws_s3_bucket.this["artefacts"].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "artefacts" {
  bucket = aws_s3_bucket.this["artefacts"].id

  rule {
    id     = "final-snapshots-and-exports-are-archived"
    status = "Enabled"

    filter {
      prefix = "archive/"
    }

    transition {
      days          = var.days_until_archived
      storage_class = "GLACIER_IR"
    }
  }

  rule {
    id     = "what-was-replaced-goes"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.days_until_noncurrent_expire
    }

    expiration {
      expired_object_delete_marker = true
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.artefacts]
}

resource "aws_s3_bucket_lifecycle_configuration" "access_logs" {
  bucket = aws_s3_bucket.this["access-logs"].id

  rule {
    id     = "old-logs-go"
    status = "Enabled"

    filter {}

    expiration {
      days = var.access_log_retention_days
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "OnlyEncryptedConnections"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          "arn:${data.aws_partition.here.partition}:s3:::${each.value}",
          "arn:${data.aws_partition.here.partition}:s3:::${each.value}/*",
        ]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }],
      [for service in each.key == "access-logs" ? ["logdelivery.elasticloadbalancing.amazonaws.com"] : [] : {
        Sid       = "TheLoadBalancerWrites"
        Effect    = "Allow"
        Principal = { Service = service }
        Action    = "s3:PutObject"
        Resource  = "arn:${data.aws_partition.here.partition}:s3:::${each.value}/*"
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.here.account_id } }
      }],
    )
  })

  depends_on = [aws_s3_bucket_public_access_block.this]
}
