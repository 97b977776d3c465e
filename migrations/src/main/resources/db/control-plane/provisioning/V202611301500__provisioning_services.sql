-- Services on ECS as the driver aws asked for them, and the priorities of the rules that lead to them.
create table provisioning.ecs_service (
    name          text        primary key,
    tenant_id     uuid,
    host          text,
    log_group     text        not null,
    fingerprint   text        not null,
    state         text        not null default 'asked' check (state in ('asked', 'deploying', 'running', 'failed')),
    deployment_id text,
    deployed_at   timestamptz,
    ever_ran      boolean     not null default false,
    asked_at      timestamptz not null default clock_timestamp()
);
comment on table provisioning.ecs_service is 'A service on ECS, written down before it is asked for';
comment on column provisioning.ecs_service.tenant_id is 'Whose it is; empty for the application that all tenants share';
comment on column provisioning.ecs_service.fingerprint is 'Of what was wanted last; another one is another deployment';
comment on column provisioning.ecs_service.deployment_id is 'The deployment by which it is judged';
comment on column provisioning.ecs_service.ever_ran is 'Whether a deployment of it was ever completed, so that there is something to go back to';
create index ecs_service_tenant on provisioning.ecs_service (tenant_id);
grant select, insert, update, delete on provisioning.ecs_service to ${app};
alter table provisioning.ecs_service enable row level security;
alter table provisioning.ecs_service force row level security;
create policy tenant on provisioning.ecs_service using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

create table provisioning.listener_rule (
    listener text    not null,
    priority integer not null check (priority between 1 and 49999),
    holder   text,
    primary key (listener, priority),
    unique (listener, holder)
);
comment on table provisioning.listener_rule is 'Which priority of a load balancer''s listener is whose';
comment on column provisioning.listener_rule.holder is 'The host name whose rule has it; empty when a stranger''s rule has it';
grant select, insert, update, delete on provisioning.listener_rule to ${app};
