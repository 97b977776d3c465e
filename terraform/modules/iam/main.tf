data "aws_caller_identity" "here" {}

data "aws_region" "here" {}

data "aws_partition" "here" {}

locals {
  account = data.aws_caller_identity.here.account_id
  aws     = "arn:${data.aws_partition.here.partition}"
  secrets = "${local.aws}:secretsmanager:${data.aws_region.here.name}:${local.account}:secret:${var.name}"

  # Only tasks, and only those of this account, in whose name ECS acts.
  trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "${local.aws}:ecs:${data.aws_region.here.name}:${local.account}:*" }
      }
    }]
  })
}

# What ECS does to start a task: fetch its image, open its log, fill in its secrets.
resource "aws_iam_role" "execution" {
  name               = "${var.name}-task-execution"
  assume_role_policy = local.trust
  tags               = var.tags
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "${local.aws}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role_policy" "execution" {
  name = "secrets-of-this-platform"
  role = aws_iam_role.execution.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = "${local.secrets}/*"
      },
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = var.kms_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${data.aws_region.here.name}.amazonaws.com" } }
      },
    ]
  })
}

# The application that tenants share: nothing of AWS but what a tenant's own role adds.
resource "aws_iam_role" "application" {
  name               = "${var.name}-application"
  assume_role_policy = local.trust
  tags               = var.tags
}

resource "aws_iam_role" "control_plane" {
  name               = "${var.name}-control-plane"
  assume_role_policy = local.trust
  tags               = var.tags
}

resource "aws_iam_role_policy" "control_plane" {
  count = var.control_plane_policy == null ? 0 : 1

  name   = "driver"
  role   = aws_iam_role.control_plane.id
  policy = var.control_plane_policy
}

# The most that a role of a tenant can ever do, whatever is written into it: whoever makes such a role has to name this
# boundary, and a role's own policy narrows it down to one tenant.
resource "aws_iam_policy" "tenant_boundary" {
  name        = "${var.name}-tenant-boundary"
  description = "The most that a role of a tenant can do"
  tags        = var.tags

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "SecretsOfTenants"
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = "${local.secrets}/tenants/*"
      },
      {
        Sid      = "ObjectsOfTenants"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
        Resource = "${var.artefact_bucket_arn}/tenants/*"
      },
      {
        Sid       = "ListTheirOwn"
        Effect    = "Allow"
        Action    = "s3:ListBucket"
        Resource  = var.artefact_bucket_arn
        Condition = { StringLike = { "s3:prefix" = "tenants/*" } }
      },
      {
        Sid      = "TheKeyBehindBoth"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.kms_key_arn
        Condition = {
          StringEquals = {
            "kms:ViaService" = [
              "secretsmanager.${data.aws_region.here.name}.amazonaws.com",
              "s3.${data.aws_region.here.name}.amazonaws.com",
            ]
          }
        }
      },
    ]
  })
}
