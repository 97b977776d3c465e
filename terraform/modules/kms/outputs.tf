output "key_arn" {
  description = "The key."
  value       = aws_kms_key.this.arn
}

output "key_id" {
  description = "Its id."
  value       = aws_kms_key.this.key_id
}
