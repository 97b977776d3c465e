mock_provider "aws" {
  source = "../../testing"
}

variables {
  name              = "autostack-test"
  vpc_id            = "vpc-0123456789abcdef0"
  subnet_ids        = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_group_id = "sg-0123456789abcdef0"
  domain            = "apps.example.com"
  zone_id           = "Z0123456789ABCDEFGHIJ"
  portal            = "console.apps.example.com"
}

run "everybody_ends_up_on_https" {
  assert {
    condition     = one(aws_lb_listener.http.default_action).redirect[0].protocol == "HTTPS"
    error_message = "Plain HTTP is sent on."
  }
  assert {
    condition     = startswith(aws_lb_listener.https.ssl_policy, "ELBSecurityPolicy-TLS13-1-2")
    error_message = "Nothing older than TLS 1.2 is spoken."
  }
  assert {
    condition     = aws_acm_certificate.this.subject_alternative_names == toset(["*.apps.example.com"])
    error_message = "Names of tenants are covered."
  }
}

run "a_name_that_leads_to_nobody_is_told_so" {
  assert {
    condition     = one(aws_lb_listener.https.default_action).fixed_response[0].status_code == "404"
    error_message = "Whoever asks for an unknown host gets an application's page."
  }
}

run "a40_priorities_from_one_on_are_left_to_tenants" {
  assert {
    condition     = aws_lb_listener_rule.control_plane.priority == 1
    error_message = "A name right below the domain would lead elsewhere before it led to the portal."
  }
}

run "headers_that_hide_a_second_request_are_refused" {
  assert {
    condition     = aws_lb.this.drop_invalid_header_fields && aws_lb.this.desync_mitigation_mode == "strictest" && aws_lb.this.enable_deletion_protection
    error_message = "The load balancer is as strict as it can be, and locked."
  }
}

run "a_firewall_only_where_it_is_asked_for" {
  assert {
    condition     = length(aws_wafv2_web_acl.this) == 0
    error_message = "Nobody pays for a firewall that was not asked for."
  }
}

run "a_firewall_that_lets_plugins_through" {
  variables {
    waf = { requests_per_address = 2000 }
  }
  assert {
    condition     = length(aws_wafv2_web_acl_association.this) == 1
    error_message = "The firewall stands in front of the load balancer."
  }
}

run "one_zone_is_refused" {
  command = plan

  variables {
    subnet_ids = ["subnet-0123456789abcdef0"]
  }
  expect_failures = [var.subnet_ids]
}
