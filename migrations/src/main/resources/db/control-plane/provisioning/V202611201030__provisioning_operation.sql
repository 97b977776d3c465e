-- Promises to build, change or remove something for a tenant, and the steps that keep them.
-- A promise is written in the transaction which makes it, and worked off by the provisioner alone.
create schema provisioning;
grant usage on schema provisioning to ${app};

create table provisioning.operation (
    id          uuid        primary key,
    tenant_id   uuid        not null,
    kind        text        not null,
    request_key text        not null unique,
    state       text        not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
    facts       jsonb       not null,
    message     text,
    simulated   boolean     not null default false,
    version     integer     not null default 0,
    created_at  timestamptz not null default now(),
    started_at  timestamptz,
    finished_at timestamptz
);
comment on table provisioning.operation is 'A promise; done or failed only together with the settlement by its owner';
comment on column provisioning.operation.facts is 'What was asked for, and what the steps have learned since';
comment on column provisioning.operation.version is 'Grows with every change of operation or step: readers wait for the next one';
create index operation_tenant on provisioning.operation (tenant_id, created_at desc);
grant select, insert, update on provisioning.operation to ${app};
alter table provisioning.operation enable row level security;
alter table provisioning.operation force row level security;
create policy tenant on provisioning.operation using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

create table provisioning.step (
    operation_id uuid        not null references provisioning.operation,
    position     integer     not null,
    tenant_id    uuid        not null,
    name         text        not null,
    title        text        not null,
    state        text        not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
    attempts     integer     not null default 0,
    started_at   timestamptz,
    finished_at  timestamptz,
    evidence     jsonb       not null default '{}',
    simulated    boolean     not null default false,
    message      text,
    primary key (operation_id, position)
);
comment on table provisioning.step is 'What one step of an operation did: attempts, times, evidence, and a sentence for the user';
create index step_tenant on provisioning.step (tenant_id);
grant select, insert, update on provisioning.step to ${app};
alter table provisioning.step enable row level security;
alter table provisioning.step force row level security;
create policy tenant on provisioning.step using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

-- db-scheduler's own table: the timer and the lease under every operation.
create table provisioning.scheduled_task (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
comment on table provisioning.scheduled_task is 'When a worker looks at an operation next; written by db-scheduler only';
create index scheduled_task_due on provisioning.scheduled_task (execution_time);
create index scheduled_task_heartbeat on provisioning.scheduled_task (last_heartbeat);
grant select, insert, update, delete on provisioning.scheduled_task to ${app};
