mock_provider "aws" {
  source = "../../testing"
}

variables {
  domain        = "apps.example.com"
  load_balancer = { dns_name = "mocked.us-east-1.elb.amazonaws.com", zone_id = "Z35SXDOTRQ7X7K" }
}

run "the_portal_has_a_name_and_tenants_have_theirs_to_themselves" {
  command = plan

  assert {
    condition     = alltrue([for record in aws_route53_record.portal : record.name == "console.apps.example.com"])
    error_message = "The only records made here are the portal's."
  }
  assert {
    condition     = length(aws_route53_record.portal) == 2
    error_message = "The portal is reached over IPv4 and IPv6."
  }
}

run "a_zone_that_is_there_is_used" {
  command = plan

  variables {
    zone_id = "Z0123456789ABCDEFGHIJ"
  }
  assert {
    condition     = length(aws_route53_zone.this) == 0 && output.zone_id == "Z0123456789ABCDEFGHIJ" && output.name_servers == []
    error_message = "A second zone for the same domain would answer nobody."
  }
}

run "what_is_no_domain_is_refused" {
  command = plan

  variables {
    domain = "Apps.Example.com."
  }
  expect_failures = [var.domain]
}
