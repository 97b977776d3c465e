-- How a new version of the tenants' schema comes to every tenant: in waves, with a record of each tenant.
-- A rollout belongs to the platform, a tenant's part of it to the tenant.
create table tenancy.rollout (
    id          uuid        primary key,
    version     text        not null,
    state       text        not null check (state in ('waiting', 'running', 'paused', 'stopped', 'done', 'abandoned')),
    message     text,
    switched_at timestamptz,
    created_by  text        not null,
    created_at  timestamptz not null,
    finished_at timestamptz
);
comment on table tenancy.rollout is 'A schema version on its way to all tenants; waiting until a template of it proved that it fits an empty database';
comment on column tenancy.rollout.switched_at is 'From then on new tenants begin at its version';
create unique index rollout_under_way on tenancy.rollout ((true)) where state not in ('done', 'abandoned');
grant select, insert, update on tenancy.rollout to ${app};
alter table tenancy.rollout enable row level security;
alter table tenancy.rollout force row level security;
create policy platform on tenancy.rollout
    using (current_setting('autostack.scope', true) = 'platform')
    with check (current_setting('autostack.scope', true) = 'platform');

create table tenancy.rollout_tenant (
    id               uuid    primary key,
    rollout_id       uuid    not null references tenancy.rollout,
    tenant_id        uuid    not null references tenancy.tenant,
    position         integer not null,
    wave             integer not null check (wave between 1 and 3),
    state            text    not null check (state in ('waiting', 'running', 'done', 'failed', 'skipped')),
    operation        uuid,
    from_version     text,
    from_fingerprint text,
    to_version       text,
    to_fingerprint   text,
    message          text,
    unique (rollout_id, tenant_id),
    unique (rollout_id, position)
);
comment on table tenancy.rollout_tenant is 'One tenant in one rollout: its wave, the operation that migrates it, the schema before and after';
create index rollout_tenant_tenant on tenancy.rollout_tenant (tenant_id);
create index rollout_tenant_wave on tenancy.rollout_tenant (rollout_id, wave, state);
grant select, insert, update on tenancy.rollout_tenant to ${app};
alter table tenancy.rollout_tenant enable row level security;
alter table tenancy.rollout_tenant force row level security;
create policy tenant on tenancy.rollout_tenant using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

create table tenancy.tenant_schema (
    tenant_id   uuid        primary key references tenancy.tenant,
    version     text,
    fingerprint text,
    read_at     timestamptz,
    check ((version is null) = (fingerprint is null))
);
comment on table tenancy.tenant_schema is 'The schema of a tenant''s database when it was last looked at';
comment on column tenancy.tenant_schema.version is 'Null while nobody could read it, as of a suspended tenant that was never read before';
comment on column tenancy.tenant_schema.read_at is 'Null when somebody asked to look again';
create index tenant_schema_read on tenancy.tenant_schema (read_at nulls first);
grant select, insert, update on tenancy.tenant_schema to ${app};
alter table tenancy.tenant_schema enable row level security;
alter table tenancy.tenant_schema force row level security;
create policy tenant on tenancy.tenant_schema using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));
