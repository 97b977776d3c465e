output "artefact_bucket" {
  description = "Bucket for build contexts, exports and archived snapshots."
  value       = aws_s3_bucket.this["artefacts"].bucket
}

output "artefact_bucket_arn" {
  description = "The same as an ARN."
  value       = aws_s3_bucket.this["artefacts"].arn
}

output "access_log_bucket" {
  description = "Bucket for the load balancer's access logs."
  value       = aws_s3_bucket.this["access-logs"].bucket

  # Whoever writes there may do so.
  depends_on = [aws_s3_bucket_policy.this]
}
