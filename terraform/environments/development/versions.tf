terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  # Bucket and region are in backend.hcl. The lock is a file beside the state.
  backend "s3" {
    key          = "autostack/development/terraform.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}
