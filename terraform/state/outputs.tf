output "bucket" {
  description = "What environments name in their backend.hcl."
  value       = aws_s3_bucket.state.bucket
}
