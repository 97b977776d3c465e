mock_provider "aws" {
  source = "../../testing"
}

variables {
  name = "autostack-test"
  zones = {
    us-east-1b = { public = "10.40.0.0/24", private = "10.40.10.0/24", database = "10.40.20.0/24" }
    us-east-1c = { public = "10.40.1.0/24", private = "10.40.11.0/24", database = "10.40.21.0/24" }
  }
  nat_zones = ["us-east-1b"]
}

run "two_zones" {
  assert {
    condition     = join(" ", keys(aws_subnet.database)) == "us-east-1b us-east-1c"
    error_message = "Subnets are keyed by the name of their zone."
  }
  assert {
    condition     = aws_route.private["us-east-1c"].nat_gateway_id == aws_nat_gateway.this["us-east-1b"].id
    error_message = "A zone without a gateway leaves through the one that there is."
  }
  assert {
    condition     = alltrue([for subnet in aws_subnet.public : subnet.map_public_ip_on_launch != true])
    error_message = "Nothing gets a public address without being asked."
  }
}

# A zone whose name comes before all others changes no gateway and no subnet: ids stay what they were.
run "a70_a_third_zone_replaces_nothing" {
  variables {
    zones = {
      us-east-1a = { public = "10.40.2.0/24", private = "10.40.12.0/24", database = "10.40.22.0/24" }
      us-east-1b = { public = "10.40.0.0/24", private = "10.40.10.0/24", database = "10.40.20.0/24" }
      us-east-1c = { public = "10.40.1.0/24", private = "10.40.11.0/24", database = "10.40.21.0/24" }
    }
  }
  assert {
    condition     = alltrue([for zone, id in run.two_zones.database_subnet_ids : aws_subnet.database[zone].id == id])
    error_message = "Subnets that were there are replaced."
  }
  assert {
    condition     = alltrue([for zone, id in run.two_zones.private_subnet_ids : aws_subnet.private[zone].id == id])
    error_message = "Subnets that were there are replaced."
  }
  assert {
    condition     = output.nat_addresses["us-east-1b"] == run.two_zones.nat_addresses["us-east-1b"]
    error_message = "The NAT gateway is replaced."
  }
}

run "a70_a_gateway_in_each_zone_keeps_the_first_one" {
  variables {
    nat_zones = ["us-east-1b", "us-east-1c"]
  }
  assert {
    condition     = output.nat_addresses["us-east-1b"] == run.two_zones.nat_addresses["us-east-1b"] && length(output.nat_addresses) == 2
    error_message = "The gateway that was there is replaced."
  }
  assert {
    condition     = aws_route.private["us-east-1c"].nat_gateway_id == aws_nat_gateway.this["us-east-1c"].id
    error_message = "A zone leaves through its own gateway."
  }
}

run "databases_reach_nobody" {
  command = plan

  assert {
    condition     = length([for route in values(aws_route.private) : route if route.route_table_id == aws_route_table.database.id]) == 0
    error_message = "Subnets of databases have no way out."
  }
  assert {
    condition     = alltrue([for name, rule in aws_vpc_security_group_ingress_rule.conversation : rule.cidr_ipv4 == null])
    error_message = "Groups name groups, not addresses."
  }
  assert {
    condition     = length(aws_default_security_group.this.ingress) == 0 && length(aws_default_security_group.this.egress) == 0
    error_message = "The default group lets nobody in or out."
  }
}

run "all_traffic_is_recorded" {
  command = plan

  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_cloudwatch_log_group.flow.retention_in_days == 30
    error_message = "Traffic that was refused is recorded as well, and kept for 30 days."
  }
}

run "without_a_gateway_there_is_no_way_out_but_endpoints" {
  command = plan

  variables {
    nat_zones           = []
    interface_endpoints = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"]
  }
  assert {
    condition     = length(aws_route.private) == 0 && length(aws_nat_gateway.this) == 0 && length(aws_vpc_endpoint.interface) == 4
    error_message = "Without NAT, what tasks need is in the network."
  }
}

run "one_zone_is_refused" {
  command = plan

  variables {
    zones     = { us-east-1b = { public = "10.40.0.0/24", private = "10.40.10.0/24", database = "10.40.20.0/24" } }
    nat_zones = []
  }
  expect_failures = [var.zones]
}

run "a_gateway_in_a_zone_that_is_not_there_is_refused" {
  command = plan

  variables {
    nat_zones = ["us-east-1f"]
  }
  expect_failures = [aws_vpc.this]
}

run "a_name_that_aws_would_refuse_later_is_refused_now" {
  command = plan

  variables {
    name = "Auto--Stack"
  }
  expect_failures = [var.name]
}
